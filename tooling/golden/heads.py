"""torchvision's box head and what surrounds it, as packages/heads/src/fixtures/torchvision.json.

/usr/bin/python3 tooling/golden/heads.py          (Debian's python3-torch and python3-torchvision)

Random inputs are not written down: both sides make them by `noise`.
"""

import torch
from common import nchw, nhwc, noise, packed, write
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.roi_heads import RoIHeads, fastrcnn_loss
from torchvision.ops import MultiScaleRoIAlign
from torchvision.ops.poolers import LevelMapper


def boxes(count, seed, width, height, sides):
    """Corners anywhere, sides within `sides`, log-uniform; `boxesOf` of testing/boxes.ts."""
    u = noise([count, 4], seed) + 0.5
    low, high = sides
    w, h = low * (high / low) ** u[:, 2].double(), low * (high / low) ** u[:, 3].double()
    w, h = (w * 64).floor() / 64, (h * 64).floor() / 64  # exact in both languages
    x, y = (u[:, 0].double() * width * 64).floor() / 64, (u[:, 1].double() * height * 64).floor() / 64
    return torch.stack([x, y, x + w, y + h], 1).float()


def levels(canonical_scale, canonical_level, k_min, k_max):
    sides = [223.9999, 223.99991, 223.9998, 224, 112, 111.9999, 111.99999, 448, 447.9999, 447.99997, 56, 55.99998, 40, 80, 79.99999, 160, 159.9999, 1, 900]
    exact = torch.tensor([[0, 0, side, side] for side in sides])
    random = boxes(300, 1, 800, 600, (8, 900))
    mapper = LevelMapper(k_min, k_max, canonical_scale, canonical_level)
    return {
        "options": {"canonicalSize": canonical_scale, "canonicalLevel": canonical_level, "finest": k_min, "levels": k_max - k_min + 1},
        "sides": sides,
        "levels": mapper([exact]).tolist(),
        "random": "".join(map(str, mapper([random]).tolist())),
    }


INPUT, SIZES, MAPS, CHANNELS = [96, 128], [[90, 128], [96, 101]], [[24, 32], [12, 16], [6, 8]], 3


def pooled():
    pool = MultiScaleRoIAlign(["0", "1", "2"], 3, 2, canonical_scale=40)
    pyramid = {str(i): nchw(noise([2, *size, CHANNELS], 10 + i)).requires_grad_() for i, size in enumerate(MAPS)}
    regions = [boxes(12, 2, 80, 60, (6, 90)), boxes(9, 3, 80, 60, (6, 90))]
    out = pool(pyramid, regions, [tuple(size) for size in SIZES])
    out.backward(nchw(noise([21, 3, 3, CHANNELS], 20)))
    gradients = [nhwc(each.grad) for each in pyramid.values()]
    return {"output": packed(nhwc(out)), "gradientRows": [packed(each[:, 3]) for each in gradients], "gradientNorms": [each.norm().item() for each in gradients]}


def head():
    mlp, predictor = TwoMLPHead(4 * 3 * 3, 16), FastRCNNPredictor(16, 4)
    parameters = {f"box_head.{name}": p for name, p in mlp.named_parameters()} | {f"box_predictor.{name}": p for name, p in predictor.named_parameters()}
    for seed, parameter in enumerate(parameters.values()):
        parameter.data = noise(parameter.shape, 30 + seed)
    logits, deltas = predictor(mlp(nchw(noise([5, 3, 3, 4], 40))))
    return {"parameters": {name: list(p.shape) for name, p in parameters.items()}, "logits": packed(logits), "deltas": packed(deltas)}


def loss():
    logits, deltas = (noise([24, 4], 50) * 8).requires_grad_(), (noise([24, 16], 51) * 3).requires_grad_()
    labels = [torch.tensor([1, 3, 2, 2, 0, 0, 0, 0, 0, 0]), torch.tensor([3, 1] + [0] * 12)]
    targets = (noise([24, 4], 52) * 3).split([10, 14])
    classification, box = fastrcnn_loss(logits, deltas, labels, list(targets))
    (classification + box).backward()
    return {
        "labels": torch.cat(labels).tolist(), "losses": [classification.item(), box.item()],
        "dLogits": packed(logits.grad), "dDeltas": packed(deltas.grad),
    }


def detections(score, nms, limit, scale):
    heads = RoIHeads(None, None, None, 0.5, 0.5, 512, 0.25, None, score, nms, limit)
    regions = [boxes(80, 60, 100, 70, (8, 70)), boxes(50, 61, 100, 70, (8, 70))]
    logits, deltas = noise([130, 5], 62) * scale, noise([130, 20], 63) * 4
    found = heads.postprocess_detections(logits, deltas, regions, [tuple(size) for size in SIZES])
    return {
        "options": {"scoreThreshold": score, "nmsThreshold": nms, "limit": limit}, "scale": scale,
        "images": [{"boxes": packed(b), "scores": packed(s), "labels": l.tolist()} for b, s, l in zip(*found)],
    }


write("packages/heads/src/fixtures/torchvision.json", {
    "levels": [levels(224, 4, 2, 5), levels(80, 4, 3, 5)],
    "input": INPUT, "maps": MAPS, "sizes": SIZES,
    "pooled": pooled(),
    "head": head(),
    "loss": loss(),
    "detections": [detections(0.05, 0.5, 100, 8), detections(0.2, 0.3, 20, 12), detections(0.99, 0.5, 100, 1)],
})
