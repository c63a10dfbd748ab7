"""torchvision's mask head, targets and loss, as packages/heads/src/fixtures/masks.json.

/usr/bin/python3 tooling/golden/heads_masks.py          (Debian's python3-torch and python3-torchvision)

Random inputs are not written down: both sides make them by `noise`. Detectron2's targets are its formula, `BitMasks.crop_and_resize`,
over torchvision's operator.
"""

import torch
from common import nchw, nhwc, noise, packed, write
from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
from torchvision.models.detection.roi_heads import maskrcnn_loss, project_masks_on_boxes
from torchvision.ops import roi_align

HEIGHT, WIDTH = 48, 61
BOXES = [
    [3, 4, 40, 30.5], [10.25, 0, 20.75, 47], [0, 0, 61, 48], [30, 20, 33, 22], [50.5, 40.5, 60, 47.75], [12, 12, 12.5, 12.25],
    [-0.0, 5.125, 29, 44.875], [22, 8, 58.5, 41],
]
OBJECTS = [0, 1, 2, 0, 1, 2, 0, 1]


def masks():
    """Three blobs, `blobs` of testing/blobs.ts: where a sum of waves is positive."""
    ys, xs = torch.meshgrid(torch.arange(HEIGHT), torch.arange(WIDTH), indexing="ij")
    return torch.stack([((xs * (3 + i) + ys * 2) // 16 + (xs * 2 - ys * (1 + i)) // 16) % 3 != 0 for i in range(3)]).byte()


def targets(size):
    boxes, objects = torch.tensor(BOXES, dtype=torch.float32), torch.tensor(OBJECTS)
    soft = project_masks_on_boxes(masks(), boxes, objects, size)
    rois = torch.cat([torch.arange(len(OBJECTS))[:, None].float(), boxes], 1)
    binary = roi_align(masks()[objects][:, None].float(), rois, (size, size), 1.0, 0, True)[:, 0] >= 0.5
    return {"maskSize": size, "soft": packed(soft), "binary": "".join(str(int(v)) for v in binary.flatten())}


def head():
    layers, predictor = MaskRCNNHeads(3, (6, 6), 1), MaskRCNNPredictor(6, 6, 4)
    parameters = {f"mask_head.{name}": p for name, p in layers.named_parameters()} | {f"mask_predictor.{name}": p for name, p in predictor.named_parameters()}
    for seed, parameter in enumerate(parameters.values()):
        parameter.data = noise(parameter.shape, 30 + seed)
    logits = predictor(layers(nchw(noise([5, 4, 4, 3], 40))))
    return {"parameters": {name: list(p.shape) for name, p in parameters.items()}, "logits": packed(nhwc(logits))}


def loss():
    logits = nchw(noise([8, 6, 6, 4], 50) * 8).requires_grad_()
    # maskrcnn_loss takes the labels of the objects and each region's object.
    value = maskrcnn_loss(logits, [torch.tensor(BOXES, dtype=torch.float32)], [masks()], [torch.tensor([1, 3, 2])], [torch.tensor(OBJECTS)])
    value.backward()
    return {"labels": [[1, 3, 2][i] for i in OBJECTS], "loss": value.item(), "gradient": packed(nhwc(logits.grad))}


write("packages/heads/src/fixtures/masks.json", {
    "size": [WIDTH, HEIGHT], "boxes": BOXES, "objects": OBJECTS,
    "targets": [targets(6), targets(28)],
    "head": head(),
    "loss": loss(),
})
