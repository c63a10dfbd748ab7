"""torchvision's backbones, pyramid, transform and Faster R-CNN, as packages/models/src/fixtures/*.json.

/usr/bin/python3 tooling/golden/models.py          (Debian's python3-torch and python3-torchvision)

Weights are not written down: both sides make them from their names (`formula` here, testing/formula-state.ts there).
The part on TensorFlow's MobileNet v2 needs ../shared/data/weights/mobilenet_v2_1.0_224.safetensors and is left as it is
where that file is absent.
"""

import json
import math
import pathlib
import struct
from collections import OrderedDict

import numpy
import torch
import torch.nn.functional as F
import torchvision
from common import ROOT, nchw, nhwc, noise, packed, summary, write
from formula import fill, formula
from torchvision.models._utils import IntermediateLayerGetter
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import FasterRCNN, FastRCNNConvFCHead, FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.rpn import RPNHead
from torchvision.models.detection.transform import GeneralizedRCNNTransform
from torchvision.models.resnet import Bottleneck, ResNet
from torchvision.ops import FeaturePyramidNetwork, FrozenBatchNorm2d, MultiScaleRoIAlign
from torchvision.ops.feature_pyramid_network import LastLevelMaxPool


def backbone(name):
    if name == "mobilenet_v2":
        taps = {"3": "0", "6": "1", "13": "2", "17": "3"}
        body = IntermediateLayerGetter(torchvision.models.mobilenet_v2(weights=None).features, taps)
    elif name == "mobilenet_v3_large":
        layers = torchvision.models.mobilenet_v3_large(weights=None, norm_layer=torch.nn.BatchNorm2d).features
        body = IntermediateLayerGetter(layers, {"7": "0", "13": "1", "16": "2"})
    elif name == "resnext":
        taps = {f"layer{i + 1}": str(i) for i in range(4)}
        body = IntermediateLayerGetter(ResNet(Bottleneck, [1, 1, 1, 1], groups=32, width_per_group=4), taps)
    else:
        taps = {f"layer{i + 1}": str(i) for i in range(4)}
        body = IntermediateLayerGetter(getattr(torchvision.models, name)(weights=None), taps)
    gains = {name: 0.7 for name, _ in body.named_parameters() if name.endswith("conv2.weight") or name.endswith("conv3.weight")}
    names = fill(body.eval(), gains)
    maps = body(nchw(noise([1, 40, 56, 3], 1) * 4)).values()
    return {"name": name, "gains": gains, "tensors": names, "maps": [summary(nhwc(each)) for each in maps]}


def pyramid():
    fpn = FeaturePyramidNetwork([8, 16, 24], 8, extra_blocks=LastLevelMaxPool())
    names = fill(fpn)
    maps = OrderedDict((str(i), nchw(noise([2, *size, 8 * (i + 1)], i))) for i, size in enumerate([(10, 14), (5, 7), (3, 4)]))
    return {"tensors": names, "maps": [summary(nhwc(each)) for each in fpn(maps).values()]}


def image(width, height, seed):
    """Bytes [h, w, 3] in blocks of 8 pixels with a little grain: `imageOf` of testing/image.ts."""
    blocks = (noise([-(-height // 8), -(-width // 8), 3], seed) + 0.5) * 224
    grain = (noise([height, width, 3], seed + 1) + 0.5) * 32
    coarse = blocks.repeat_interleave(8, 0)[:height].repeat_interleave(8, 1)[:, :width]
    return (coarse.floor() + grain.floor()).byte()


def pixels(*arguments):
    return image(*arguments).permute(2, 0, 1).float() / 255


MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def transform():
    resize = GeneralizedRCNNTransform(48, 64, MEAN, STD)
    batch, _ = resize([pixels(35, 51, 1), pixels(90, 43, 3)])
    sizes = [[w, h] for w in (37, 100, 333, 375, 427, 500, 640, 1000) for h in (41, 281, 375, 480, 500, 612, 640)]
    resized = []
    for limits in ((800, 1333), (240, 320), (600, 1000)):
        each = GeneralizedRCNNTransform(*limits, [0], [1]).eval()
        for w, h in sizes:
            small, _ = each.resize(torch.zeros(1, h, w))
            resized.append([small.shape[2], small.shape[1]])
    return {"sizes": [[w, h] for h, w in batch.image_sizes], "pixels": summary(nhwc(batch.tensors), 400), "from": sizes, "to": resized}


class Body(torch.nn.Module):
    """A backbone with its pyramid, under torchvision's names."""

    def __init__(self, body, channels, out_channels, norm_layer=None):
        super().__init__()
        self.body, self.out_channels = body, out_channels
        self.fpn = FeaturePyramidNetwork(channels, out_channels, extra_blocks=LastLevelMaxPool(), norm_layer=norm_layer)

    def forward(self, x):
        return self.fpn(self.body(x))


SIZES, RATIOS = ((8,), (16,), (32,), (48,), (64,)), (0.5, 1.0, 2.0)
CHANNELS, RESOLUTION, HIDDEN, CLASSES = 16, 5, 32, 4
IMAGES = [(96, 64, 100), (70, 80, 200)]
GAINS = {"rpn.head.bbox_pred": 0.5, "roi_heads.box_predictor": 2}
OBJECTS = [
    {"boxes": [[10, 12, 42, 40], [50, 20, 90, 60], [0, 0, 17, 15]], "labels": [1, 3, 2]},
    {"boxes": [[5.5, 30.25, 60, 75], [30, 3, 50, 22]], "labels": [2, 1]},
]


PYRAMID = ["backbone.fpn.inner_blocks.1.0.weight", "backbone.fpn.layer_blocks.0.0.weight"]
FULLY_CONNECTED = ["roi_heads.box_head.fc6.weight", "roi_heads.box_head.fc7.bias"]
# The gradients that are written down beside those of the layers that all have. Below a ReLU that follows batch norm they hang
# on the rounding of units next to 0.
SHOWN = {
    "resnet18": ["backbone.body.conv1.weight", "backbone.body.layer3.0.downsample.0.weight", "backbone.fpn.layer_blocks.3.0.bias", *PYRAMID, *FULLY_CONNECTED],
    "resnet18_v2": [
        "rpn.head.conv.1.0.weight",
        "roi_heads.box_head.3.weight",
    ],
    "mobilenet_v3_large": ["backbone.body.0.0.weight", "backbone.body.5.block.2.fc1.weight", "backbone.body.14.block.1.0.weight", *PYRAMID, *FULLY_CONNECTED],
    "mobilenet_v2": ["backbone.body.0.0.weight", "backbone.body.8.conv.1.0.weight", "backbone.fpn.layer_blocks.3.0.bias", *PYRAMID, *FULLY_CONNECTED],
}


def detector(name, gains, score):
    sizes, norm, head = SIZES, None, TwoMLPHead(CHANNELS * RESOLUTION**2, HIDDEN)
    rpn_head = RPNHead(CHANNELS, 3)
    if name == "resnet18":
        layers = torchvision.models.resnet18(weights=None, norm_layer=FrozenBatchNorm2d)
        body, channels = IntermediateLayerGetter(layers, {f"layer{i + 1}": str(i) for i in range(4)}), [64, 128, 256, 512]
    elif name == "resnet18_v2":
        norm = torch.nn.BatchNorm2d
        layers = torchvision.models.resnet18(weights=None)
        body, channels = IntermediateLayerGetter(layers, {f"layer{i + 1}": str(i) for i in range(4)}), [64, 128, 256, 512]
        rpn_head = RPNHead(CHANNELS, 3, conv_depth=2)
        head = FastRCNNConvFCHead((CHANNELS, RESOLUTION, RESOLUTION), [CHANNELS] * 2, [HIDDEN], norm_layer=norm)
    elif name == "mobilenet_v3_large":
        layers = torchvision.models.mobilenet_v3_large(weights=None, width_mult=0.25, norm_layer=FrozenBatchNorm2d)
        body, channels = IntermediateLayerGetter(layers.features, {"13": "0", "16": "1"}), [40, 240]
        sizes = (tuple(size for (size,) in SIZES),) * 3
        rpn_head = RPNHead(CHANNELS, 15)
    else:
        layers = torchvision.models.mobilenet_v2(weights=None, width_mult=0.25, norm_layer=FrozenBatchNorm2d)
        body, channels = IntermediateLayerGetter(layers.features, {"3": "0", "6": "1", "13": "2", "17": "3"}), [8, 8, 24, 80]
    model = FasterRCNN(
        Body(body, channels, CHANNELS, norm),
        min_size=64, max_size=96, image_mean=MEAN, image_std=STD,
        rpn_anchor_generator=AnchorGenerator(sizes, (RATIOS,) * len(sizes)), rpn_head=rpn_head,
        rpn_pre_nms_top_n_train=200, rpn_post_nms_top_n_train=150, rpn_pre_nms_top_n_test=100, rpn_post_nms_top_n_test=60,
        rpn_batch_size_per_image=100000, box_batch_size_per_image=100000,
        box_roi_pool=MultiScaleRoIAlign(["0", "1", "2", "3"], RESOLUTION, 2, canonical_scale=56),
        box_head=head, box_predictor=FastRCNNPredictor(HIDDEN, CLASSES),
        box_score_thresh=score, box_nms_thresh=0.4, box_detections_per_img=30,
    )
    shown = SHOWN[name] + [
        "rpn.head.conv.0.0.weight", "rpn.head.cls_logits.weight", "rpn.head.bbox_pred.bias",
        "roi_heads.box_predictor.cls_score.weight", "roi_heads.box_predictor.bbox_pred.weight",
    ]
    return {"name": name, **described(model, gains, score, shown)}


LOSSES = {"objectness": "loss_objectness", "rpnBox": "loss_rpn_box_reg", "classification": "loss_classifier", "box": "loss_box_reg"}


def learning(model, inputs, more, dtype):
    """The losses, and the gradients of their sum; `more`: what each image's objects have beside boxes and labels."""
    targets = [{"boxes": torch.tensor(each["boxes"], dtype=dtype), "labels": torch.tensor(each["labels"]), **own} for each, own in zip(OBJECTS, more)]
    model.requires_grad_(True).to(dtype).train().zero_grad()
    losses = model([each.to(dtype) for each in inputs], targets)
    sum(losses.values()).backward()
    return losses, {key: parameter.grad.clone() for key, parameter in model.named_parameters()}


def described(model, gains, score, shown, more=({}, {}), losses_too={}, differ=lambda a, b: False, found_too=lambda each: {}):
    """
    What a detector finds in the images and learns from their objects, for a branch beside the boxes' too: `more` and `losses_too` are
    what it learns from and its loss, `differ` whether what it found hangs on rounding, `found_too` what is written of a detection.
    """
    names = fill(model, gains)
    inputs = [pixels(*each) for each in IMAGES]
    with torch.no_grad():
        found = model.eval()(inputs)
        # The detections must not hang on rounding: in double precision they have to be the same.
        exact = model.double()([each.double() for each in inputs])
    model.float()
    fill(model, gains)
    for a, b in zip(found, exact):
        assert a["labels"].tolist() == b["labels"].tolist() and not differ(a, b), "another seed or gain, please"
        print(len(a["labels"]), (a["boxes"] - b["boxes"]).abs().max().item(), a["scores"][[0, -1]].tolist())
    losses, gradients = learning(model, inputs, more, torch.float32)
    fill(model, gains)
    _, precise = learning(model, inputs, more, torch.float64)
    error = max(((gradients[key] - precise[key]).abs().max() / precise[key].square().mean().sqrt()).item() for key in shown)
    print({key: round(value.item(), 4) for key, value in losses.items()}, error)
    assert error < 1e-4, "another seed or gain, please"
    return {
        "gains": gains, "scoreThreshold": score, "tensors": names,
        "detections": [
            {"boxes": packed(each["boxes"]), "labels": each["labels"].tolist(), "scores": packed(each["scores"]), **found_too(each)} for each in found
        ],
        "losses": {ours: losses[theirs].item() for ours, theirs in {**LOSSES, **losses_too}.items()},
        "gradients": {key: summary(gradients[key]) for key in shown},
    }


def tensorflow_mobilenet(path):
    """The weights' own network, layer by layer: ReLU6, TensorFlow's `same`, batch norm folded into the biases."""
    data = path.read_bytes()
    begin = 8 + struct.unpack("<Q", data[:8])[0]
    weights = {
        name: torch.tensor(numpy.frombuffer(data[begin + each["data_offsets"][0]:begin + each["data_offsets"][1]], "<f4").reshape(each["shape"]).copy())
        for name, each in json.loads(data[8:begin]).items() if name != "__metadata__"
    }

    def layer(x, name, stride=1, clamp=True):
        weight = weights[f"{name}/weight"]
        kernel = weight.shape[2]
        total = max((math.ceil(x.shape[2] / stride) - 1) * stride + kernel - x.shape[2], 0)
        x = F.pad(x, (total // 2, total - total // 2) * 2)
        x = F.conv2d(x, weight, weights[f"{name}/bias"], stride, groups=x.shape[1] if weight.shape[1] == 1 else 1)
        return x.clamp(0, 6) if clamp else x

    x = layer(nchw((image(224, 224, 7).float()[None] - 127.5) / 127.5), "MobilenetV2/Conv", 2)
    maps = []
    strides = {1: 2, 3: 2, 6: 2, 13: 2}
    for i in range(17):
        block = f"MobilenetV2/expanded_conv{f'_{i}' if i else ''}"
        y = layer(x, f"{block}/expand") if i else x
        y = layer(y, f"{block}/depthwise", strides.get(i, 1))
        y = layer(y, f"{block}/project", clamp=False)
        x = x + y if x.shape == y.shape else y
        if i in (5, 12, 16):
            maps.append(summary(nhwc(x)))
    return {"maps": maps}


if __name__ == "__main__":
    write("packages/models/src/fixtures/backbones.json", {
        "backbones": [backbone(name) for name in ("resnet18", "resnet50", "resnext", "mobilenet_v2", "mobilenet_v3_large")],
        "pyramid": pyramid(),
        "transform": transform(),
    })
    write("packages/models/src/fixtures/faster-rcnn.json", {
        "images": IMAGES, "objects": OBJECTS,
        "detectors": [
            detector("resnet18", {**GAINS, "backbone.body.layer": 0.7, "backbone.fpn": 0.3}, 0.6),
            detector("mobilenet_v2", {**GAINS, "backbone.fpn": 0.2}, 0.5),
            detector("resnet18_v2", {**GAINS, "backbone.body.layer": 0.7, "backbone.fpn": 0.5, "rpn.head.conv": 0.5}, 0.5),
            detector("mobilenet_v3_large", {**GAINS, "backbone.fpn": 0.3}, 0.5),
        ],
    })
    mobilenet = ROOT.parent / "shared/data/weights/mobilenet_v2_1.0_224.safetensors"
    if mobilenet.exists():
        write("packages/models/src/fixtures/tensorflow-mobilenet-v2.json", tensorflow_mobilenet(mobilenet))
