"""Golden values of @rcnn/geometry's masks from the COCO API (pip install pycocotools).

    python3 tooling/golden/masks.py

writes packages/geometry/src/fixtures/coco-masks.json. Inputs are drawn from xoshiro128** on both sides, in the same order;
of long results only the SHA-256 is written. Where ../shared/data is there, so are the digests of its annotations.
"""

import hashlib
import importlib.metadata
import json
import pathlib

import numpy
from pycocotools import mask as api
from xoshiro import uniforms

ROOT = pathlib.Path(__file__).parents[2]
TARGET = ROOT / "packages/geometry/src/fixtures/coco-masks.json"
DATA = ROOT.parent / "shared/data"
FILES = [
    "nuclei/annotations/instances_train.json",
    "nuclei/annotations/instances_test.json",
    "tiny-coco/annotations/instances_train2017.json",
    "tiny-coco/annotations/instances_val2017.json",
]


def digest(data):
    return hashlib.sha256(data if isinstance(data, bytes) else "\n".join(data).encode()).hexdigest()[:16]


def text(rle):
    return rle["counts"].decode()


def integer(random, bound):
    return int(next(random) * bound)


def random_mask(random, height, width):
    """Noise, or some rectangles, or nothing at all, or everything."""
    kind = next(random)
    if kind < 0.4:
        density = next(random)
        return numpy.array([next(random) < density for _ in range(height * width)], numpy.uint8).reshape(height, width)
    if kind > 0.96:
        return numpy.full((height, width), kind > 0.98, numpy.uint8)
    mask = numpy.zeros((height, width), numpy.uint8)
    for _ in range(1 + integer(random, 4)):
        x, y = integer(random, width), integer(random, height)
        mask[y : y + 1 + integer(random, height), x : x + 1 + integer(random, width)] = 1
    return mask


def random_polygon(random, height, width):
    """Corners in and around the image, on a grid of whole, half or hundredth pixels, or anywhere; often crossing itself."""
    grid = [1, 2, 100, 0][integer(random, 4)]
    around = 0.3 * next(random)
    coordinates = []
    for _ in range(3 + integer(random, 10)):
        for side in (width, height):
            value = side * ((1 + 2 * around) * next(random) - around)
            coordinates.append(float(numpy.floor(value * grid + 0.5) / grid) if grid > 0 else value)
    return coordinates


def encode(mask):
    return api.encode(numpy.asfortranarray(mask))


def masks():
    random = uniforms(1)
    rles, areas, boxes = [], [], []
    for _ in range(3000):
        height, width = 1 + integer(random, 40), 1 + integer(random, 40)
        rle = encode(random_mask(random, height, width))
        rles.append(text(rle))
        areas.append(int(api.area(rle)))
        boxes.append(",".join(str(int(value)) for value in api.toBbox(rle)))
    return {
        "seed": 1, "count": 3000, "examples": rles[:10], "strings": digest(rles),
        "areas": digest(str(area) for area in areas), "boxes": digest(boxes),
    }


def polygons():
    random = uniforms(2)
    rles = []
    for _ in range(5000):
        height, width = 1 + integer(random, 60), 1 + integer(random, 60)
        parts = [random_polygon(random, height, width) for _ in range(1 + integer(random, 2))]
        rles.append(text(api.merge(api.frPyObjects(parts, height, width))))
    return {"seed": 2, "count": 5000, "examples": rles[:10], "strings": digest(rles)}


def merges():
    random = uniforms(3)
    unions, intersections = [], []
    for _ in range(1000):
        height, width = 1 + integer(random, 30), 1 + integer(random, 30)
        parts = [encode(random_mask(random, height, width)) for _ in range(1 + integer(random, 4))]
        unions.append(text(api.merge(parts, intersect=False)))
        intersections.append(text(api.merge(parts, intersect=True)))
    return {"seed": 3, "count": 1000, "unions": digest(unions), "intersections": digest(intersections)}


def ious():
    random = uniforms(4)
    values = []
    for _ in range(100):
        height, width = 1 + integer(random, 30), 1 + integer(random, 30)
        detections = [encode(random_mask(random, height, width)) for _ in range(8)]
        ground_truth = [encode(random_mask(random, height, width)) for _ in range(6)]
        crowd = [integer(random, 2) for _ in ground_truth]
        values.append(numpy.asarray(api.iou(detections, ground_truth, crowd), "<f8").tobytes())
    return {"seed": 4, "count": 100, "values": digest(b"".join(values))}


def annotations(path):
    file = json.loads(path.read_text())
    strings, areas, boxes, values = [], [], [], []
    for image in file["images"]:
        height, width = image["height"], image["width"]
        rles, crowd = [], []
        for annotation in (entry for entry in file["annotations"] if entry["image_id"] == image["id"]):
            segmentation = annotation["segmentation"]
            rle = api.frPyObjects(segmentation, height, width) if not isinstance(segmentation, dict) or isinstance(segmentation["counts"], list) else segmentation
            rle = api.merge(rle) if isinstance(rle, list) else rle
            rles.append(rle)
            crowd.append(annotation["iscrowd"])
        strings += [text(rle) if isinstance(rle["counts"], bytes) else rle["counts"] for rle in rles]
        areas += [str(int(api.area(rle))) for rle in rles]
        boxes += [",".join(str(int(value)) for value in api.toBbox(rle)) for rle in rles]
        if rles:
            values.append(numpy.asarray(api.iou(rles, rles, crowd), "<f8").tobytes())
    return {
        "count": len(strings), "strings": digest(strings), "areas": digest(areas), "boxes": digest(boxes),
        "iou": digest(b"".join(values)),
    }


def main():
    earlier = json.loads(TARGET.read_text())["files"] if TARGET.exists() else {}
    golden = {
        "source": "pycocotools.mask; tooling/golden/masks.py",
        "version": "pycocotools " + importlib.metadata.version("pycocotools"),
        "masks": masks(), "polygons": polygons(), "merges": merges(), "ious": ious(),
        "files": {name: annotations(DATA / name) for name in FILES} if DATA.exists() else earlier,
    }
    TARGET.write_text(json.dumps(golden, indent=1) + "\n")
    print(TARGET, TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
