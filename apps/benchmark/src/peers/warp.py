"""Regions cropped and resized by OpenCV, the mean subtracted: what R-CNN's window arithmetic leaves to do."""

import sys

try:
    import cv2
    import numpy
except ImportError:
    sys.exit(3)

from peer import serve

cv2.setNumThreads(1)


def away(value):
    return numpy.sign(value) * numpy.floor(numpy.abs(value) + 0.5)


def warp_operation(image, boxes, mean, size, padding):
    image, mean = image.astype("u1"), mean.astype("f4")
    height, width = image.shape[:2]

    def crop(box, out):
        first, last = box[:2].astype("f8") + 1, box[2:].astype("f8")
        half = (last - first + 1) / 2
        centre, half = first + half, half * size / (size - 2 * padding)
        first, last = away(centre - half), away(centre + half)
        whole, missing = last - first + 1, numpy.maximum(0, 1 - first)
        first, last = numpy.maximum(1, first), numpy.minimum([width, height], last)
        pad = away(missing * size / whole)
        (w, h), (px, py), (x1, y1), (x2, y2) = ([int(v) for v in pair] for pair in (numpy.minimum(away((last - first + 1) * size / whole), size - pad), pad, first, last))
        patch = cv2.resize(image[y1 - 1 : y2, x1 - 1 : x2], (w, h), interpolation=cv2.INTER_LINEAR)
        numpy.subtract(patch, mean, out=out[py : py + h, px : px + w])

    def run():
        crops = numpy.zeros([len(boxes), size, size, 3], "f4")
        for box, out in zip(boxes, crops):
            crop(box, out)
        return crops.reshape(-1)

    return run


serve(f"OpenCV {cv2.__version__}", {"warp": warp_operation})
