"""Crops of regions by OpenCV's bilinear resize in R-CNN's window arithmetic, as packages/roi-ops/src/fixtures/warp.json.

/usr/bin/python3 tooling/golden/warp.py          (Debian's python3-opencv and python3-torch)

The image is not written down: both sides make it by `noise`.
"""

import cv2
import numpy
import torch
from common import noise, packed, write

WIDTH, HEIGHT, MEAN = 37, 29, [102.75, 115.5, 122.25]
IMAGE = ((noise([HEIGHT, WIDTH, 3], 7) + 0.5) * 256).floor().numpy().astype("<f4")  # RGB
BOXES = [
    [5, 6, 25, 20], [0, 0, 37, 29], [0, 0, 3, 29], [30, 2, 37, 7], [10, 27, 30, 29],
    [3, 3, 4, 4], [12, 0, 13, 29], [33, 25, 37, 29], [8, 8, 19, 19], [0, 20, 36, 28],
]


def away(value):
    return numpy.sign(value) * numpy.floor(numpy.abs(value) + 0.5)


def crop(box, size, padding, mode):
    """Pixels counted from 1, ends included, as MATLAB has them: ours are [x - 1, x]."""
    first, last = numpy.array(box[:2]) + 1.0, numpy.array(box[2:]) + 0.0
    limits = numpy.array([WIDTH, HEIGHT])
    if padding > 0 or mode == "square":
        half = (last - first + 1) / 2
        centre = first + half
        if mode == "square":
            half[:] = half.max()
        half = half * size / (size - 2 * padding)
        first, last = away(centre - half), away(centre + half)
    whole = last - first + 1
    missing = numpy.maximum(0, 1 - first)
    first, last = numpy.maximum(1, first), numpy.minimum(limits, last)
    scaled = away((last - first + 1) * size / whole)
    pad = away(missing * size / whole)
    scaled = numpy.minimum(scaled, size - pad)
    (w, h), (px, py), (x1, y1), (x2, y2) = ([int(v) for v in pair] for pair in (scaled, pad, first, last))
    resized = cv2.resize(IMAGE[y1 - 1 : y2, x1 - 1 : x2, ::-1].copy(), (w, h), interpolation=cv2.INTER_LINEAR)
    result = numpy.zeros([size, size, 3], "<f4")
    result[py : py + h, px : px + w] = resized - numpy.array(MEAN, "<f4")
    return torch.tensor(result)


write("packages/roi-ops/src/fixtures/warp.json", {
    "opencv": cv2.__version__, "width": WIDTH, "height": HEIGHT, "mean": MEAN, "boxes": BOXES,
    "cases": [
        {"options": {"size": size, "padding": padding, "mode": mode}, "crops": packed(torch.stack([crop(box, size, padding, mode) for box in BOXES]))}
        for size, padding, mode in [(9, 1, "warp"), (8, 0, "warp"), (9, 2, "square"), (8, 0, "square")]
    ],
})
