"""torchvision's Mask R-CNN, small and with weights by formula, as packages/models/src/fixtures/mask-rcnn.json.

/usr/bin/python3 tooling/golden/models_masks.py          (Debian's python3-torch and python3-torchvision)
"""

import torch
import torchvision
from common import packed, summary, write
from models import (CHANNELS, CLASSES, GAINS, HIDDEN, IMAGES, MEAN, OBJECTS, RATIOS, RESOLUTION, SIZES, STD, Body, fill, pixels)
from torchvision.models._utils import IntermediateLayerGetter
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.mask_rcnn import MaskRCNN, MaskRCNNHeads, MaskRCNNPredictor
from torchvision.ops import FrozenBatchNorm2d, MultiScaleRoIAlign

POOLED, LAYERS, WIDTH, SCORE = 6, 2, 12, 0.6


def masks():
    """Of each object, stripes within its box: `stripes` of testing/stripes.ts."""
    found = []
    for (width, height, _), each in zip(IMAGES, OBJECTS):
        ys, xs = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
        inside = [(xs + 0.5 >= x1) & (xs + 0.5 < x2) & (ys + 0.5 >= y1) & (ys + 0.5 < y2) for x1, y1, x2, y2 in each["boxes"]]
        found.append(torch.stack([(box & ((xs * 3 + ys * 5) // 7 % 4 != 0)).byte() for box in inside]))
    return found


def detector():
    layers = torchvision.models.resnet18(weights=None, norm_layer=FrozenBatchNorm2d)
    body = IntermediateLayerGetter(layers, {f"layer{i + 1}": str(i) for i in range(4)})
    model = MaskRCNN(
        Body(body, [64, 128, 256, 512], CHANNELS, None),
        min_size=64, max_size=96, image_mean=MEAN, image_std=STD,
        rpn_anchor_generator=AnchorGenerator(SIZES, (RATIOS,) * 5),
        rpn_pre_nms_top_n_train=200, rpn_post_nms_top_n_train=150, rpn_pre_nms_top_n_test=100, rpn_post_nms_top_n_test=60,
        rpn_batch_size_per_image=100000, box_batch_size_per_image=100000,
        box_roi_pool=MultiScaleRoIAlign(["0", "1", "2", "3"], RESOLUTION, 2, canonical_scale=56),
        box_head=TwoMLPHead(CHANNELS * RESOLUTION**2, HIDDEN), box_predictor=FastRCNNPredictor(HIDDEN, CLASSES),
        box_score_thresh=SCORE, box_nms_thresh=0.4, box_detections_per_img=12,
        mask_roi_pool=MultiScaleRoIAlign(["0", "1", "2", "3"], POOLED, 2, canonical_scale=56),
        mask_head=MaskRCNNHeads(CHANNELS, (WIDTH,) * LAYERS, 1), mask_predictor=MaskRCNNPredictor(WIDTH, WIDTH, CLASSES),
    )
    gains = {**GAINS, "backbone.body.layer": 0.7, "backbone.fpn": 0.3}
    names = fill(model, gains)
    inputs = [pixels(*each) for each in IMAGES]
    with torch.no_grad():
        found = model.eval()(inputs)
        exact = model.double()([each.double() for each in inputs])
    model.float()
    fill(model, gains)
    for a, b in zip(found, exact):
        assert a["labels"].tolist() == b["labels"].tolist(), "another seed or gain, please"
        print(len(a["labels"]), (a["masks"] - b["masks"]).abs().max().item(), a["masks"].mean().item(), a["masks"].max().item())
    targets = [
        {"boxes": torch.tensor(each["boxes"], dtype=torch.float32), "labels": torch.tensor(each["labels"]), "masks": mask}
        for each, mask in zip(OBJECTS, masks())
    ]
    model.requires_grad_(True).train().zero_grad()
    losses = model(inputs, targets)
    sum(losses.values()).backward()
    shown = ["roi_heads.mask_head.0.0.weight", "roi_heads.mask_predictor.conv5_mask.weight", "roi_heads.mask_predictor.mask_fcn_logits.bias", "backbone.fpn.layer_blocks.0.0.weight"]
    gradients = {key: parameter.grad for key, parameter in model.named_parameters()}
    print({key: round(value.item(), 4) for key, value in losses.items()})
    return {
        "gains": gains, "scoreThreshold": SCORE, "tensors": names,
        "detections": [
            {
                "boxes": packed(each["boxes"]), "labels": each["labels"].tolist(), "scores": packed(each["scores"]),
                "masks": [summary(mask[0], 200) for mask in each["masks"]],
            }
            for each in found
        ],
        "losses": {
            "objectness": losses["loss_objectness"].item(), "rpnBox": losses["loss_rpn_box_reg"].item(),
            "classification": losses["loss_classifier"].item(), "box": losses["loss_box_reg"].item(), "mask": losses["loss_mask"].item(),
        },
        "gradients": {key: summary(gradients[key]) for key in shown},
    }


write("packages/models/src/fixtures/mask-rcnn.json", {
    "images": IMAGES, "objects": OBJECTS,
    "mask": {"resolution": POOLED, "layers": LAYERS, "hidden": WIDTH},
    "detector": detector(),
})
