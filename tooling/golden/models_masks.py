"""torchvision's Mask R-CNN, small and with weights by formula, as packages/models/src/fixtures/mask-rcnn.json: that of
`maskrcnn_resnet50_fpn`, of `maskrcnn_resnet50_fpn_v2`, and on one map, composed of the same classes.

/usr/bin/python3 tooling/golden/models_masks.py          (Debian's python3-torch and python3-torchvision)
"""

import torch
import torchvision
from common import summary, write
from models import (CHANNELS, CLASSES, GAINS, HIDDEN, IMAGES, MEAN, OBJECTS, RATIOS, RESOLUTION, SIZES, STD, Body, described)
from torchvision.models._utils import IntermediateLayerGetter
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import FastRCNNConvFCHead, FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.mask_rcnn import MaskRCNN, MaskRCNNHeads, MaskRCNNPredictor
from torchvision.models.detection.rpn import RPNHead
from torchvision.models.resnet import BasicBlock, ResNet
from torchvision.ops import FrozenBatchNorm2d, MultiScaleRoIAlign

POOLED, LAYERS, WIDTH, SCORE = 6, 2, 12, 0.6
SCORE_V2, SCORE_C4, RESOLUTION_C4 = 0.5, 0.15, 12


def masks():
    """Of each object, stripes within its box: `stripes` of testing/stripes.ts."""
    found = []
    for (width, height, _), each in zip(IMAGES, OBJECTS):
        ys, xs = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
        inside = [(xs + 0.5 >= x1) & (xs + 0.5 < x2) & (ys + 0.5 >= y1) & (ys + 0.5 < y2) for x1, y1, x2, y2 in each["boxes"]]
        found.append(torch.stack([(box & ((xs * 3 + ys * 5) // 7 % 4 != 0)).byte() for box in inside]))
    return found


COMMON = dict(
    min_size=64, max_size=96, image_mean=MEAN, image_std=STD,
    rpn_pre_nms_top_n_train=200, rpn_post_nms_top_n_train=150, rpn_pre_nms_top_n_test=100, rpn_post_nms_top_n_test=60,
    rpn_batch_size_per_image=100000, box_batch_size_per_image=100000, box_nms_thresh=0.4, box_detections_per_img=12,
)


def resnet(norm):
    layers = torchvision.models.resnet18(weights=None, norm_layer=norm)
    return IntermediateLayerGetter(layers, {f"layer{i + 1}": str(i) for i in range(4)})


def pyramid():
    """As `maskrcnn_resnet50_fpn`."""
    return MaskRCNN(
        Body(resnet(FrozenBatchNorm2d), [64, 128, 256, 512], CHANNELS, None), **COMMON, box_score_thresh=SCORE,
        rpn_anchor_generator=AnchorGenerator(SIZES, (RATIOS,) * 5),
        box_roi_pool=MultiScaleRoIAlign(["0", "1", "2", "3"], RESOLUTION, 2, canonical_scale=56),
        box_head=TwoMLPHead(CHANNELS * RESOLUTION**2, HIDDEN), box_predictor=FastRCNNPredictor(HIDDEN, CLASSES),
        mask_roi_pool=MultiScaleRoIAlign(["0", "1", "2", "3"], POOLED, 2, canonical_scale=56),
        mask_head=MaskRCNNHeads(CHANNELS, (WIDTH,) * LAYERS, 1), mask_predictor=MaskRCNNPredictor(WIDTH, WIDTH, CLASSES),
    )


def pyramid_v2():
    """As `maskrcnn_resnet50_fpn_v2`: batch norm that learns, everywhere but in the region proposal network, whose head is twice as deep."""
    norm = torch.nn.BatchNorm2d
    return MaskRCNN(
        Body(resnet(norm), [64, 128, 256, 512], CHANNELS, norm), **COMMON, box_score_thresh=SCORE_V2,
        rpn_anchor_generator=AnchorGenerator(SIZES, (RATIOS,) * 5), rpn_head=RPNHead(CHANNELS, 3, conv_depth=2),
        box_roi_pool=MultiScaleRoIAlign(["0", "1", "2", "3"], RESOLUTION, 2, canonical_scale=56),
        box_head=FastRCNNConvFCHead((CHANNELS, RESOLUTION, RESOLUTION), [CHANNELS] * 2, [HIDDEN], norm_layer=norm),
        box_predictor=FastRCNNPredictor(HIDDEN, CLASSES),
        mask_roi_pool=MultiScaleRoIAlign(["0", "1", "2", "3"], POOLED, 2, canonical_scale=56),
        mask_head=MaskRCNNHeads(CHANNELS, (WIDTH,) * LAYERS, 1, norm_layer=norm), mask_predictor=MaskRCNNPredictor(WIDTH, WIDTH, CLASSES),
    )


class Thin(ResNet):
    """A ResNet-18 of a quarter of the channels."""

    def __init__(self):
        torch.nn.Module.__init__(self)
        self._norm_layer, self.groups, self.base_width, self.dilation, self.inplanes = FrozenBatchNorm2d, 1, 64, 1, 16
        self.conv1, self.bn1 = torch.nn.Conv2d(3, 16, 7, 2, 3, bias=False), FrozenBatchNorm2d(16)
        self.relu, self.maxpool = torch.nn.ReLU(), torch.nn.MaxPool2d(3, 2, 1)
        self.layer1 = self._make_layer(BasicBlock, 16, 2)
        self.layer2, self.layer3, self.layer4 = (self._make_layer(BasicBlock, planes, 2, stride=2) for planes in (32, 64, 128))


class FourStages(torch.nn.Module):
    """A ResNet that ends after its fourth stage, the fifth being at hand for the regions."""

    out_channels = 64

    def __init__(self):
        super().__init__()
        self.body = Thin()

    def forward(self, x):
        body = self.body
        x = body.maxpool(body.relu(body.bn1(body.conv1(x))))
        return body.layer3(body.layer2(body.layer1(x)))


class FifthStage(torch.nn.Module):
    """Not a module of its own: its parameters are the backbone's."""

    def __init__(self, backbone, mean):
        super().__init__()
        self.stage = lambda x: backbone.body.layer4(x)
        self.mean = mean

    def forward(self, x):
        x = self.stage(x)
        return x.mean((2, 3)) if self.mean else x


def single_map():
    """Figure 4, left: the fifth stage on every region, its mean says class and box, a deconvolution over it the mask."""
    backbone = FourStages()
    return MaskRCNN(
        backbone, **COMMON, box_score_thresh=SCORE_C4,
        rpn_anchor_generator=AnchorGenerator(((8, 16, 32, 48),), (RATIOS,)),
        box_roi_pool=MultiScaleRoIAlign(["0"], RESOLUTION_C4, 2), box_head=FifthStage(backbone, True), box_predictor=FastRCNNPredictor(128, CLASSES),
        mask_roi_pool=MultiScaleRoIAlign(["0"], RESOLUTION_C4, 2), mask_head=FifthStage(backbone, False),
        mask_predictor=MaskRCNNPredictor(128, WIDTH, CLASSES),
    )


def detector(model, score, gains, shown):
    return described(
        model, {**GAINS, "backbone.body.layer": 0.7, **gains}, score, shown,
        more=[{"masks": each} for each in masks()], losses_too={"mask": "loss_mask"},
        # The whole numbers that boxes are pasted at may not hang on rounding either.
        differ=lambda a, b: (a["masks"] - b["masks"]).abs().max() >= 1e-4,
        found_too=lambda each: {"masks": [summary(mask[0], 200) for mask in each["masks"]]},
    )


MASK_LAYERS = ["roi_heads.mask_predictor.conv5_mask.weight", "roi_heads.mask_predictor.mask_fcn_logits.bias"]


if __name__ == "__main__":
    write("packages/models/src/fixtures/mask-rcnn.json", {
        "images": IMAGES, "objects": OBJECTS,
        "mask": {"resolution": POOLED, "layers": LAYERS, "hidden": WIDTH},
        "detector": detector(pyramid(), SCORE, {"backbone.fpn": 0.3}, ["roi_heads.mask_head.0.0.weight", *MASK_LAYERS, "backbone.fpn.layer_blocks.0.0.weight"]),
    })
    write("packages/models/src/fixtures/mask-rcnn-v2.json", {
        "detector": detector(pyramid_v2(), SCORE_V2, {"backbone.fpn": 0.5, "rpn.head.conv": 0.5}, [*MASK_LAYERS, "roi_heads.mask_head.1.0.weight", "roi_heads.mask_head.1.1.weight", "roi_heads.mask_head.1.1.bias"]),
    })
    write("packages/models/src/fixtures/mask-rcnn-single-map.json", {
        "resolution": RESOLUTION_C4, "hidden": WIDTH,
        "detector": detector(single_map(), SCORE_C4, {"roi_heads.box_predictor.cls_score": 0.1}, [*MASK_LAYERS, "roi_heads.box_predictor.cls_score.weight", "backbone.body.layer4.1.conv2.weight", "rpn.head.conv.0.0.weight"]),
    })
