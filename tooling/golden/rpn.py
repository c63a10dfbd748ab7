"""torchvision's region proposal network, as packages/rpn/src/fixtures/torchvision.json.

/usr/bin/python3 tooling/golden/rpn.py          (Debian's python3-torch and python3-torchvision)

Random inputs are not written down: both sides make them by `noise`.
"""

import torch
from common import nchw, nhwc, noise, packed, write
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.rpn import RegionProposalNetwork, RPNHead, concat_box_prediction_layers


def anchors(sizes, ratios, maps, image):
    """`maps` and `image` as [height, width]."""
    generator = AnchorGenerator(tuple(map(tuple, sizes)), (tuple(ratios),) * len(sizes))
    images = ImageList(torch.zeros(1, 3, *image), [tuple(image)])
    boxes = generator(images, [torch.zeros(1, 1, *size) for size in maps])[0]
    rows = torch.linspace(0, len(boxes) - 1, min(len(boxes), 40)).long()
    return {
        "sizes": sizes, "ratios": ratios, "maps": maps, "image": image,
        "atOrigin": [cell.flatten().tolist() for cell in generator.cell_anchors],
        "count": len(boxes), "sum": boxes.double().sum(0).tolist(),
        "rows": rows.tolist(), "boxes": boxes[rows].flatten().tolist(),
    }


CANONICAL = [[32], [64], [128], [256], [512]]
ANCHORS = [
    anchors(CANONICAL, [0.5, 1, 2], [[200, 336], [100, 168], [50, 84], [25, 42], [13, 21]], [800, 1344]),
    anchors([[16, 24], [40, 56], [80, 112], [144, 192]], [0.5, 1, 2], [[30, 40], [15, 20], [8, 10], [4, 5]], [240, 320]),
    anchors([[7, 9, 11, 13, 15, 17], [1, 3, 5, 21, 33, 97]], [1, 0.25, 4, 1 / 3, 3], [[5, 7], [3, 4]], [37, 61]),  # halves to round
]

LEVELS = {"sizes": [[16, 24], [48, 64]], "ratios": [0.5, 1, 2]}
INPUT, MAPS, SIZES = [96, 128], [[12, 16], [6, 8]], [[90, 128], [96, 101]]


def network(samples=100000, **top):
    generator = AnchorGenerator(tuple(map(tuple, LEVELS["sizes"])), (tuple(LEVELS["ratios"]),) * 2)
    pre, post = {"training": top["preNms"], "testing": top["preNms"]}, {"training": top["postNms"], "testing": top["postNms"]}
    return RegionProposalNetwork(
        generator, RPNHead(4, 6), 0.7, 0.3, samples, 0.5, pre, post, top["nmsThreshold"], top.get("scoreThreshold", 0.0)
    ).eval()


def shared(rpn):
    images = ImageList(torch.zeros(2, 3, *INPUT), [tuple(size) for size in SIZES])
    return rpn.anchor_generator(images, [torch.zeros(2, 4, *size) for size in MAPS])


def proposals(min_size=1e-3, **top):
    rpn = network(**top)
    rpn.min_size = min_size
    boxes = shared(rpn)
    counts = [6 * height * width for height, width in MAPS]
    objectness, deltas = noise([2 * sum(counts), 1], 1) * 8, noise([2 * sum(counts), 4], 2) * 2
    decoded = rpn.box_coder.decode(deltas, boxes).view(2, -1, 4)
    found, scores = rpn.filter_proposals(decoded, objectness, [tuple(size) for size in SIZES], counts)
    return {"options": {**top, "minSize": min_size}, "boxes": [packed(each) for each in found], "scores": [packed(each) for each in scores]}


GROUND_TRUTH = [
    [[10, 12, 50, 40], [60, 20, 92, 84], [0, 0, 17, 15], [100.5, 70.25, 127, 90]],
    [[30, 30, 46, 46], [28, 33, 49, 47]],
]


def targets_and_losses():
    rpn = network(preNms=10, postNms=10, nmsThreshold=0.7)
    boxes = shared(rpn)
    truth = [torch.tensor(each, dtype=torch.float32) for each in GROUND_TRUTH]
    labels, matched = rpn.assign_targets_to_anchors(boxes, [{"boxes": each} for each in truth])
    targets = rpn.box_coder.encode(matched, boxes)
    count = len(boxes[0])
    objectness = (noise([2 * count, 1], 3) * 6).requires_grad_()
    deltas = (noise([2 * count, 4], 4) * 2).requires_grad_()
    losses = rpn.compute_loss(objectness, deltas, labels, targets)
    sum(losses).backward()
    positives = [torch.where(each == 1)[0] for each in labels]
    regressed = torch.cat([p + i * count for i, p in enumerate(positives)])
    return {
        "groundTruth": [sum(each, []) for each in GROUND_TRUTH],
        "positives": [each.tolist() for each in positives],
        "ignored": [torch.where(each == -1)[0].tolist() for each in labels],
        "deltas": [packed(target[p]) for target, p in zip(targets, positives)],
        "losses": [loss.item() for loss in losses],
        "dObjectness": packed(objectness.grad[::7]),
        "dDeltas": packed(deltas.grad[regressed]),
        "dDeltasNorm": deltas.grad.norm().item(),
    }


def head():
    layer = RPNHead(4, 6)
    for seed, parameter in enumerate(layer.parameters()):
        parameter.data = noise(parameter.shape, 20 + seed)
    pyramid = [nchw(noise([2, *size, 4], 30 + i)) for i, size in enumerate(MAPS)]
    objectness, deltas = concat_box_prediction_layers(*layer(pyramid))
    return {
        "parameters": {name: list(parameter.shape) for name, parameter in layer.named_parameters()},
        "objectness": packed(objectness[::13]),
        "deltas": packed(deltas[::13]),
    }


write("packages/rpn/src/fixtures/torchvision.json", {
    "anchors": ANCHORS,
    "levels": LEVELS, "input": INPUT, "maps": MAPS, "sizes": SIZES,
    "proposals": [
        proposals(preNms=300, postNms=60, nmsThreshold=0.7),
        proposals(preNms=100000, postNms=100000, nmsThreshold=0.3),
        proposals(min_size=20, preNms=200, postNms=50, nmsThreshold=0.5, scoreThreshold=0.6),
    ],
    "training": targets_and_losses(),
    "head": head(),
})
