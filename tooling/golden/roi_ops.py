"""torchvision's roi_align and roi_pool, forward and gradient, as packages/roi-ops/src/fixtures/roi-ops.json.

/usr/bin/python3 tooling/golden/roi_ops.py          (Debian's python3-torch and python3-torchvision)

Features and upstream gradients are not written down: both sides make them by `pattern`. Results are float32 in base64.
"""

import base64
import json
import pathlib

import numpy
import torch
import torch.nn.functional as F
import torchvision
from torchvision.ops import roi_align, roi_pool

TARGET = pathlib.Path(__file__).parents[2] / "packages/roi-ops/src/fixtures/roi-ops.json"


def pattern(shape, levels):
    """Number i, row-major, is (i · 2654435761 mod 2³² >> 16) mod levels, over levels, less a half."""
    hashed = (numpy.arange(numpy.prod(shape), dtype=numpy.uint64) * 2654435761 % 2**32) >> 16
    return torch.tensor((hashed % levels).reshape(shape) / levels - 0.5, dtype=torch.float32)


def nchw(nhwc):
    return nhwc.permute(0, 3, 1, 2).contiguous()


def packed(tensor_nchw):
    return base64.b64encode(tensor_nchw.permute(0, 2, 3, 1).contiguous().numpy().astype("<f4").tobytes()).decode()


def case(operator, name, shape, rois, size, levels=1009, gradient=True, **options):
    """`rois` as torchvision has them, [image, x1, y1, x2, y2]; `shape` [N,H,W,C]."""
    rois = torch.tensor(rois, dtype=torch.float32).reshape(-1, 5)
    features = nchw(pattern(shape, levels)).requires_grad_()
    names = {"spatialScale": "spatial_scale", "samplingRatio": "sampling_ratio", "aligned": "aligned"}
    keywords = {names[key]: value for key, value in options.items()}
    out = (roi_align if operator == "roiAlign" else roi_pool)(features, rois, size, **keywords)
    result = {
        "operator": operator,
        "name": name,
        "shape": shape,
        "levels": levels,
        "boxes": rois[:, 1:].flatten().tolist(),
        "images": rois[:, 0].int().tolist(),
        "options": {"outputSize": size, **options},
        "output": packed(out.detach()),
    }
    if gradient:
        out.backward(nchw(pattern([len(rois), *out.shape[2:], shape[3]], 997)))
        result["gradient"] = packed(features.grad)
    return result


def random_rois(count, images, width, height, seed):
    """Boxes up to the map's size, some beyond it."""
    random = numpy.random.RandomState(seed)
    x, y = random.uniform(-0.2, 1, (2, count)) * [[width], [height]]
    w, h = random.uniform(0, 0.7, (2, count)) * [[width], [height]]
    image = numpy.sort(random.randint(0, images, count))
    return numpy.stack([image, x, y, x + w, y + h], 1).astype("f4").tolist()


TESTER = [[0, 0, 0, 9, 9], [0, 0, 5, 4, 9], [0, 5, 5, 9, 9], [1, 0, 0, 9, 9]]
BACKWARD = [[0, 0, 0, 4, 4], [0, 0, 2, 3, 4], [0, 2, 2, 4, 4]]
ODD = [
    [0, 3, 4, 3, 4],  # a point
    [1, 2.5, 1, 2.5, 6],  # a line
    [0, -30, -20, -10, -5],  # outside, before the map
    [1, 50, 60, 70, 90],  # outside, behind it
    [0, -8, -6, 40, 30],  # around the map
    [1, -1, -1, 0, 0],  # at the border, where samples count 0 from one pixel outside on
    [0, 10.5, 6.5, 12.5, 9.5],  # over the far border, and halves to round
    [1, 0.5, 1.5, 2.5, 4.5],
    [0, -0.5, -1.5, 1.5, 3.5],
]
cases = []
for aligned in (False, True):
    a = {"aligned": aligned, "samplingRatio": -1, "spatialScale": 1.0}
    word = "aligned" if aligned else "not aligned"
    cases += [
        case("roiAlign", f"torchvision RoIOpTester forward, {word}", [2, 10, 10, 50], TESTER, [5, 5], gradient=False, **a),
        case("roiAlign", f"torchvision RoIOpTester backward, {word}", [1, 5, 5, 8], BACKWARD, [2, 2], **{**a, "samplingRatio": 1}),
        case("roiAlign", f"odd boxes, adaptive, {word}", [2, 9, 13, 3], ODD, [3, 4], **a),
        case("roiAlign", f"odd boxes, two samples, {word}", [2, 9, 13, 3], ODD, [4, 3], **{**a, "samplingRatio": 2}),
    ]
    for scale in (0.25, 0.0625):
        rois = random_rois(14, 2, 17 / scale, 11 / scale, 1)
        s = {**a, "spatialScale": scale}
        cases += [
            case("roiAlign", f"random boxes, scale {scale}, adaptive, {word}", [2, 11, 17, 2], rois, [7, 7], **s),
            case("roiAlign", f"random boxes, scale {scale}, two samples, {word}", [2, 11, 17, 2], rois, [3, 5], **{**s, "samplingRatio": 2}),
        ]
cases += [
    case("roiPool", "torchvision RoIOpTester forward", [2, 10, 10, 50], TESTER, [5, 5], gradient=False, spatialScale=1.0),
    case("roiPool", "torchvision RoIOpTester backward", [1, 5, 5, 8], BACKWARD, [2, 2], spatialScale=1.0),
    case("roiPool", "odd boxes", [2, 9, 13, 3], ODD, [3, 4], spatialScale=1.0),
    case("roiPool", "odd boxes, ends that round at halves", [2, 9, 13, 3], ODD, [2, 2], spatialScale=0.5),
    case("roiPool", "equal maxima: the first wins", [2, 9, 13, 3], ODD, [3, 3], levels=3, spatialScale=1.0),
]
for scale in (0.25, 0.0625):
    rois = random_rois(14, 2, 17 / scale, 11 / scale, 2)
    cases.append(case("roiPool", f"random boxes, scale {scale}", [2, 11, 17, 2], rois, [7, 7], levels=7, spatialScale=scale))

# detectron2's test of RoIAlign against torch's own bilinear sampling: sampling ratios 1, 2, 3, aligned.
image, box, bins = pattern([1, 30, 30, 1], 1009), [10, 10, 20, 20], 5
for ratio in (1, 2, 3):
    at = 10 + (torch.arange(bins * ratio) + 0.5) * 10 / (bins * ratio)
    grid = torch.stack(torch.meshgrid(at, at, indexing="xy"), -1)[None] / 30 * 2 - 1
    sampled = F.grid_sample(nchw(image), grid, align_corners=False)
    cases.append(
        {
            "operator": "roiAlign",
            "name": f"detectron2: equal to the mean of grid_sample, sampling ratio {ratio}",
            "shape": [1, 30, 30, 1],
            "levels": 1009,
            "boxes": box,
            "images": [0],
            "options": {"outputSize": bins, "spatialScale": 1.0, "samplingRatio": ratio, "aligned": True},
            "output": packed(F.avg_pool2d(sampled, ratio)),
        }
    )

source = f"torchvision {torchvision.__version__}, torch {torch.__version__}, tooling/golden/roi_ops.py"
lines = ",\n".join(json.dumps(c) for c in cases)
TARGET.write_text(f'{{"source": {json.dumps(source)}, "cases": [\n{lines}\n]}}\n')
