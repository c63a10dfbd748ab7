"""torchvision's Keypoint R-CNN, small and with weights by formula, as packages/models/src/fixtures/keypoint-rcnn.json.

/usr/bin/python3 tooling/golden/models_keypoints.py          (Debian's python3-torch and python3-torchvision)
"""

import torch
from common import packed, write
from models import CHANNELS, GAINS, HIDDEN, IMAGES, OBJECTS, RATIOS, RESOLUTION, SIZES, Body, described
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


def detector(model, gains, shown):
    return described(
        model, {**GAINS, "backbone.body.layer": 0.7, **gains}, SCORE, shown,
        more=[{"keypoints": torch.tensor(keypoints, dtype=torch.float32)} for keypoints in KEYPOINTS], losses_too={"keypoint": "loss_keypoint"},
        # The pixels that keypoints are found at may not hang on rounding either.
        differ=lambda a, b: (a["keypoints"] - b["keypoints"]).abs().max() >= 1e-2,
        found_too=lambda each: {"keypoints": packed(each["keypoints"]), "keypointScores": packed(each["keypoints_scores"])},
    )


if __name__ == "__main__":
    head = ["roi_heads.keypoint_head.0.weight", "roi_heads.keypoint_head.2.bias", "roi_heads.keypoint_predictor.kps_score_lowres.weight"]
    write("packages/models/src/fixtures/keypoint-rcnn.json", {
        "images": IMAGES, "objects": OBJECTS, "keypoints": KEYPOINTS, "names": NAMES,
        "settings": {"resolution": POOLED, "layers": LAYERS, "hidden": WIDTH},
        "detector": detector(pyramid(), {"backbone.fpn": 0.3}, [*head, "backbone.fpn.layer_blocks.0.0.weight"]),
    })
