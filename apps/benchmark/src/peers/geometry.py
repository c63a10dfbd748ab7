"""torchvision's box operators."""

import sys

try:
    import torch
    import torchvision
except ImportError:
    sys.exit(3)

from peer import serve
from torchvision.models.detection._utils import Matcher
from torchvision.models.detection.roi_heads import paste_masks_in_image
from torchvision.ops import batched_nms, box_iou, nms


def nms_operation(boxes, scores, threshold):
    boxes, scores = torch.from_numpy(boxes), torch.from_numpy(scores)
    return lambda: nms(boxes, scores, threshold)


def batched_nms_operation(boxes, scores, labels, threshold):
    boxes, scores, labels = torch.from_numpy(boxes), torch.from_numpy(scores), torch.from_numpy(labels)
    return lambda: batched_nms(boxes, scores, labels, threshold)


def box_iou_operation(a, b):
    a, b = torch.from_numpy(a), torch.from_numpy(b)
    return lambda: box_iou(a, b)


def match_operation(groundTruth, candidates, foreground, background):
    ground_truth, candidates = torch.from_numpy(groundTruth), torch.from_numpy(candidates)
    matcher = Matcher(foreground, background, allow_low_quality_matches=True)
    return lambda: matcher(box_iou(ground_truth, candidates))


def paste_operation(masks, boxes, height, width):
    masks, boxes = torch.from_numpy(masks), torch.from_numpy(boxes)
    return lambda: (paste_masks_in_image(masks, boxes, (height, width)) > 0.5).sum(dim=(1, 2, 3))


serve(
    f"torchvision {torchvision.__version__}",
    {"nms": nms_operation, "batchedNms": batched_nms_operation, "boxIou": box_iou_operation, "matchBoxes": match_operation, "pasteMasks": paste_operation},
)
