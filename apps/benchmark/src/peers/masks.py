"""The COCO API's masks, `pip install pycocotools`."""

import sys

try:
    from pycocotools import mask
except ImportError:
    sys.exit(3)

import importlib.metadata

import numpy
from peer import serve


def encoded(polygons, height, width):
    return mask.frPyObjects(polygons.astype(float).tolist(), height, width)


def characters(rles):
    return numpy.frombuffer(b"".join(rle["counts"] for rle in rles), numpy.uint8)


def polygons_operation(polygons, height, width):
    polygons = polygons.astype(float).tolist()
    return lambda: characters(mask.frPyObjects(polygons, height, width))


def decode_operation(polygons, height, width):
    rles = encoded(polygons, height, width)
    return lambda: [mask.decode(rle) for rle in rles][-1]


def encode_operation(masks):
    masks = masks.astype(numpy.uint8)
    return lambda: characters([mask.encode(numpy.asfortranarray(one)) for one in masks])


def merge_operation(polygons, height, width):
    rles = encoded(polygons, height, width)
    return lambda: characters([mask.merge(rles[i : i + 3]) for i in range(0, len(rles), 3)])


def measure_operation(polygons, height, width):
    rles = encoded(polygons, height, width)
    return lambda: numpy.concatenate([mask.area(rles)[:, None], mask.toBbox(rles)], 1)


def unpack_operation(polygons, height, width):
    rles = encoded(polygons, height, width)
    return lambda: mask.area(rles)


def iou_operation(polygons, crowd, height, width):
    rles = encoded(polygons, height, width)
    detections, ground_truth, crowd = rles[: -len(crowd)], rles[-len(crowd) :], crowd.tolist()
    return lambda: mask.iou(detections, ground_truth, crowd)


serve(
    "pycocotools " + importlib.metadata.version("pycocotools"),
    {
        "polygons": polygons_operation,
        "decode": decode_operation,
        "encode": encode_operation,
        "merge": merge_operation,
        "unpack": unpack_operation,
        "measure": measure_operation,
        "iou": iou_operation,
    },
)
