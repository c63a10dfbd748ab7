"""torchvision's Keypoint R-CNN, small and with weights by formula, as packages/models/src/fixtures/keypoint-rcnn.json.

/usr/bin/python3 tooling/golden/models_keypoints.py          (Debian's python3-torch and python3-torchvision)
"""

import torch
from common import packed, summary, write
from models import CHANNELS, GAINS, HIDDEN, IMAGES, OBJECTS, RATIOS, RESOLUTION, SIZES, Body, fill, pixels
from models_masks import COMMON, resnet
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.keypoint_rcnn import KeypointRCNN, KeypointRCNNHeads, KeypointRCNNPredictor
from torchvision.ops import FrozenBatchNorm2d, MultiScaleRoIAlign

POOLED, LAYERS, WIDTH, SCORE, CLASSES, NAMES = 6, 2, 12, 0.6, 4, ["nose", "left_hand", "right_hand"]
NONE = [[0, 0, 0]] * 3
# Some beyond their object's box, none on the border of two cells, where rounding decides.
KEYPOINTS = [
    [[[20, 20, 2], [12.5, 39, 1], [41, 13.25, 2]], [[71.25, 40.25, 2], [55, 58, 0], [91, 31.25, 2]], NONE],
    [[[30.75, 44, 2], [59, 74, 2], [6, 31, 1]], [[41.25, 12, 1], [0, 0, 0], [31, 21.75, 2]]],
]


def pyramid():
    """As `keypointrcnn_resnet50_fpn`."""
    return KeypointRCNN(
        Body(resnet(FrozenBatchNorm2d), [64, 128, 256, 512], CHANNELS, None), **COMMON, box_score_thresh=SCORE,
        rpn_anchor_generator=AnchorGenerator(SIZES, (RATIOS,) * 5),
        box_roi_pool=MultiScaleRoIAlign(["0", "1", "2", "3"], RESOLUTION, 2, canonical_scale=56),
        box_head=TwoMLPHead(CHANNELS * RESOLUTION**2, HIDDEN), box_predictor=FastRCNNPredictor(HIDDEN, CLASSES),
        keypoint_roi_pool=MultiScaleRoIAlign(["0", "1", "2", "3"], POOLED, 2, canonical_scale=56),
        keypoint_head=KeypointRCNNHeads(CHANNELS, (WIDTH,) * LAYERS), keypoint_predictor=KeypointRCNNPredictor(WIDTH, len(NAMES)),
    )


def learning(model, inputs, dtype):
    targets = [
        {"boxes": torch.tensor(each["boxes"], dtype=dtype), "labels": torch.tensor(each["labels"]), "keypoints": torch.tensor(keypoints, dtype=torch.float32)}
        for each, keypoints in zip(OBJECTS, KEYPOINTS)
    ]
    model.requires_grad_(True).to(dtype).train().zero_grad()
    losses = model([each.to(dtype) for each in inputs], targets)
    sum(losses.values()).backward()
    return losses, {key: parameter.grad.clone() for key, parameter in model.named_parameters()}


def detector(model, gains, shown):
    gains = {**GAINS, "backbone.body.layer": 0.7, **gains}
    names = fill(model, gains)
    inputs = [pixels(*each) for each in IMAGES]
    with torch.no_grad():
        found = model.eval()(inputs)
        exact = model.double()([each.double() for each in inputs])
    model.float()
    fill(model, gains)
    for a, b in zip(found, exact):
        # Neither labels nor the pixels that keypoints are found at may hang on rounding.
        assert a["labels"].tolist() == b["labels"].tolist() and (a["keypoints"] - b["keypoints"]).abs().max() < 1e-2, "another seed or gain, please"
        print(len(a["labels"]), (a["keypoints"] - b["keypoints"]).abs().max().item(), a["keypoints_scores"].mean().item(), a["keypoints_scores"].std().item())
    losses, gradients = learning(model, inputs, torch.float32)
    print({key: round(value.item(), 4) for key, value in losses.items()})
    fill(model, gains)
    _, precise = learning(model, inputs, torch.float64)
    errors = {key: ((gradients[key] - precise[key]).abs().max() / precise[key].square().mean().sqrt()).item() for key in shown}
    print(errors)
    assert max(errors.values()) < 1e-4, "another seed or gain, please"
    return {
        "gains": gains, "scoreThreshold": SCORE, "tensors": names,
        "detections": [
            {
                "boxes": packed(each["boxes"]), "labels": each["labels"].tolist(), "scores": packed(each["scores"]),
                "keypoints": packed(each["keypoints"]), "keypointScores": packed(each["keypoints_scores"]),
            }
            for each in found
        ],
        "losses": {
            "objectness": losses["loss_objectness"].item(), "rpnBox": losses["loss_rpn_box_reg"].item(),
            "classification": losses["loss_classifier"].item(), "box": losses["loss_box_reg"].item(), "keypoint": losses["loss_keypoint"].item(),
        },
        "gradients": {key: summary(gradients[key]) for key in shown},
    }


if __name__ == "__main__":
    head = ["roi_heads.keypoint_head.0.weight", "roi_heads.keypoint_head.2.bias", "roi_heads.keypoint_predictor.kps_score_lowres.weight"]
    write("packages/models/src/fixtures/keypoint-rcnn.json", {
        "images": IMAGES, "objects": OBJECTS, "keypoints": KEYPOINTS, "names": NAMES,
        "settings": {"resolution": POOLED, "layers": LAYERS, "hidden": WIDTH},
        "detector": detector(pyramid(), {"backbone.fpn": 0.3}, [*head, "backbone.fpn.layer_blocks.0.0.weight"]),
    })
