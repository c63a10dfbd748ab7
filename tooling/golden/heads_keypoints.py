"""torchvision's keypoint head, targets, loss and decoding, as packages/heads/src/fixtures/keypoints.json.

/usr/bin/python3 tooling/golden/heads_keypoints.py          (Debian's python3-torch and python3-torchvision)

Random inputs are not written down: both sides make them by `noise`.
"""

import torch
from common import nchw, nhwc, noise, packed, write
from torchvision.models.detection.keypoint_rcnn import KeypointRCNNHeads, KeypointRCNNPredictor
from torchvision.models.detection.roi_heads import heatmaps_to_keypoints, keypointrcnn_loss, keypoints_to_heatmap

BOXES = [[3, 4, 40, 30.5], [10.25, 0, 20.75, 47], [0, 0, 61, 48], [30, 20, 33, 22], [12, 12, 12.5, 12.25], [-3.5, 5.125, 190.3, 144.875]]
BY_HAND = [
    [[3, 4, 2], [40, 30.5, 1], [40, 10, 2], [21.5, 17.25, 2]],  # corners, an edge, the middle
    [[20.75, 47, 2], [15.5, 23.5, 0], [9, 23, 2], [12.875, 46.99, 2]],  # the last corner, not labelled, outside, on a border of cells
    [[0, 0, 0], [60.999, 47.999, 2], [61.001, 3, 2], [30, -0.001, 2]],
    [[31, 21, 2], [32.5, 20.0, 1], [30, 22, 2], [33, 20, 2]],
    [[12, 12, 2], [12.25, 12.125, 2], [12.4, 12.2, 2], [12.5, 12.25, 2]],
    [[100, 100, 2], [0, 6, 2], [190.3, 144.875, 1], [55.25, 77.75, 2]],
]


def head():
    layers, predictor = KeypointRCNNHeads(3, (6, 6)), KeypointRCNNPredictor(6, 4)
    parameters = {f"keypoint_head.{name}": p for name, p in layers.named_parameters()} | {f"keypoint_predictor.{name}": p for name, p in predictor.named_parameters()}
    for seed, parameter in enumerate(parameters.values()):
        parameter.data = noise(parameter.shape, 30 + seed)
    logits = predictor(layers(nchw(noise([3, 4, 4, 3], 40))))
    upstream = nchw(noise([3, 16, 16, 4], 41))
    (logits * upstream).sum().backward()
    return {
        "parameters": {name: list(p.shape) for name, p in parameters.items()}, "logits": packed(nhwc(logits)),
        "gradients": {name: packed(p.grad) for name, p in parameters.items()},
    }


def targets(size):
    cells, valid = keypoints_to_heatmap(torch.tensor(BY_HAND, dtype=torch.float32), torch.tensor(BOXES, dtype=torch.float32), size)
    return {"heatmapSize": size, "cells": [cell if shown else None for cell, shown in zip(cells.flatten().tolist(), valid.flatten().tolist())]}


def loss():
    logits = nchw(noise([6, 8, 8, 4], 50) * 8).requires_grad_()
    boxes, keypoints = torch.tensor(BOXES, dtype=torch.float32), torch.tensor(BY_HAND, dtype=torch.float32)
    value = keypointrcnn_loss(logits, [boxes], [keypoints], [torch.arange(6)])
    value.backward()
    return {"loss": value.item(), "gradient": packed(nhwc(logits.grad))}


def decoding(size, seed, scale):
    boxes = torch.tensor(BOXES, dtype=torch.float32)
    maps = nchw(noise([len(BOXES), size, size, 4], seed) * scale)
    found, scores = heatmaps_to_keypoints(maps, boxes)
    exact, _ = heatmaps_to_keypoints(maps.double(), boxes.double())
    assert (found - exact).abs().max() < 1e-3, "another seed, please: the highest pixel hangs on rounding"
    return {"size": size, "seed": seed, "scale": scale, "keypoints": packed(found), "scores": packed(scores)}


write("packages/heads/src/fixtures/keypoints.json", {
    "boxes": BOXES, "keypoints": BY_HAND,
    "head": head(),
    "targets": [targets(8), targets(56)],
    "loss": loss(),
    "decoding": [decoding(8, 61, 6), decoding(56, 62, 4)],
})
