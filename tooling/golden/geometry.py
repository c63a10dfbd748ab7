"""torchvision's box operators, as packages/geometry/src/fixtures/torchvision.json.

/usr/bin/python3 tooling/golden/geometry.py          (Debian's python3-torch and python3-torchvision)

Inputs are not written down: both sides draw them from xoshiro128**, the generator of @rcnn/geometry, in the same order.
Results are base64: float32, int8, or one bit a box for what a suppression keeps.
"""

import base64
import json
import pathlib

import numpy
import torch
import torchvision
from torchvision.models.detection._utils import BoxCoder, Matcher
from torchvision.ops import batched_nms, box_iou, complete_box_iou, distance_box_iou, generalized_box_iou, nms

from xoshiro import uniforms

TARGET = pathlib.Path(__file__).parents[2] / "packages/geometry/src/fixtures/torchvision.json"


def random_boxes(random, count, size, longest):
    """Corners anywhere, sides up to `longest`."""
    boxes = []
    for _ in range(count):
        x, y, width, height = (next(random) for _ in range(4))
        boxes.append([x * size, y * size, x * size + width * longest, y * size + height * longest])
    return torch.tensor(boxes, dtype=torch.float64).float()


def lattice_boxes(random, count, size, longest):
    """The same on whole pixels, sides at least 1: many ties."""
    boxes = []
    for _ in range(count):
        x, y = (int(next(random) * size) for _ in range(2))
        width, height = (1 + int(next(random) * longest) for _ in range(2))
        boxes.append([x, y, x + width, y + height])
    return torch.tensor(boxes, dtype=torch.float32)


def random_scores(random, count, levels=None):
    values = [next(random) for _ in range(count)]
    return torch.tensor([v if levels is None else int(v * levels) / levels for v in values], dtype=torch.float64).float()


def base64_of(array, dtype):
    return base64.b64encode(numpy.ascontiguousarray(array, dtype=dtype).tobytes()).decode()


def kept_bits(kept, count):
    mask = numpy.zeros(count, numpy.uint8)
    mask[kept.numpy()] = 1
    return base64.b64encode(numpy.packbits(mask, bitorder="little").tobytes()).decode()


def nms_case(seed, threshold):
    """1000 boxes; the last overlaps the first by just more than the threshold, as in torchvision's own test."""
    random = uniforms(seed)
    boxes = random_boxes(random, 1000, 100, 100)
    scores = random_scores(random, 1000)
    iou = threshold + 1e-5
    x1, y1, x2, y2 = (float(v) for v in boxes[0])
    boxes[-1] = torch.tensor([x1, y1, x2 + (x2 - x1) * (1 - iou) / iou, y2], dtype=torch.float64).float()
    return {"seed": seed, "threshold": threshold, "kept": kept_bits(nms(boxes, scores, threshold), 1000)}


def nms_lattice_case(seed, threshold):
    random = uniforms(seed)
    boxes = lattice_boxes(random, 1000, 40, 12)
    scores = random_scores(random, 1000, 50)
    return {"seed": seed, "threshold": threshold, "kept": kept_bits(nms(boxes, scores, threshold), 1000)}


def batched_case(seed, threshold):
    random = uniforms(seed)
    boxes = random_boxes(random, 1000, 100, 100)
    scores = random_scores(random, 1000)
    labels = torch.tensor([int(next(random) * 4) for _ in range(1000)])
    return {"seed": seed, "threshold": threshold, "kept": kept_bits(batched_nms(boxes, scores, labels, threshold), 1000)}


def iou_case(seed, make):
    random = uniforms(seed)
    a, b = make(random, 14, 20, 15), make(random, 11, 20, 15)
    measures = {"iou": box_iou, "generalized": generalized_box_iou, "distance": distance_box_iou, "complete": complete_box_iou}
    return {"seed": seed, **{name: base64_of(measure(a, b).numpy(), "<f4") for name, measure in measures.items()}}


def coder_case(seed, weights):
    random = uniforms(seed)
    ground_truth, references = lattice_boxes(random, 40, 300, 200), lattice_boxes(random, 40, 300, 200)
    deltas = torch.tensor([4 * weights[i % 4] * (next(random) - 0.5) * (3 if i % 4 > 1 else 1) for i in range(160)])
    coder = BoxCoder(weights)
    encoded = coder.encode_single(ground_truth, references)
    decoded = coder.decode_single(deltas.float().reshape(40, 4), references)
    return {"seed": seed, "weights": weights, "encoded": base64_of(encoded, "<f4"), "decoded": base64_of(decoded, "<f4")}


def match_case(seed, make, foreground, background, low_quality):
    random = uniforms(seed)
    ground_truth, candidates = make(random, 40, 60, 25), make(random, 500, 60, 25)
    quality = box_iou(ground_truth, candidates)
    assert quality.max(dim=1).values.min() > 0  # where torchvision and @rcnn/geometry agree
    matches = Matcher(foreground, background, low_quality)(quality)
    return {
        "seed": seed,
        "foreground": foreground,
        "background": background,
        "lowQuality": low_quality,
        "matches": base64_of(matches, "<i1"),
    }


match_options = [(0.7, 0.3, True), (0.7, 0.3, False), (0.5, 0.5, False), (0.5, 0.4, True)]
golden = {
    "source": "torchvision.ops and torchvision.models.detection._utils; tooling/golden/geometry.py",
    "version": f"torchvision {torchvision.__version__}, torch {torch.__version__}",
    "nms": [nms_case(seed, threshold) for threshold in (0.2, 0.5, 0.8) for seed in range(10)],
    "nmsLattice": [nms_lattice_case(seed, t) for seed, t in enumerate((0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9))],
    "batchedNms": [batched_case(seed, threshold) for threshold in (0.9, 0.5) for seed in range(10)],
    "iou": [iou_case(seed, random_boxes) for seed in range(3)],
    "iouLattice": [iou_case(seed, lattice_boxes) for seed in range(3)],
    "coding": [coder_case(seed, weights) for seed, weights in enumerate([(1.0, 1.0, 1.0, 1.0), (10.0, 10.0, 5.0, 5.0)])],
    "matching": [match_case(seed, random_boxes, *options) for options in match_options for seed in range(2)],
    "matchingLattice": [match_case(seed, lattice_boxes, *options) for options in match_options for seed in range(4)],
}
TARGET.parent.mkdir(exist_ok=True)
TARGET.write_text(json.dumps(golden, indent=1) + "\n")
