"""The COCO API's evaluation, `pip install pycocotools`."""

import sys

try:
    import pycocotools
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval
except ImportError:
    sys.exit(3)

import contextlib
import importlib.metadata
import io

from peer import serve


def annotations_of(rows, last):
    result = []
    for i, (image, category, x, y, w, h, value) in enumerate(rows.astype(float).tolist()):
        entry = {"id": i + 1, "image_id": int(image), "category_id": int(category), "bbox": [x, y, w, h], "area": w * h}
        result.append({**entry, "iscrowd": int(value)} if last == "iscrowd" else {**entry, "score": value, "iscrowd": 0})
    return result


def coco_of(annotations, images, classes):
    coco = COCO()
    coco.dataset = {
        "images": [{"id": i} for i in range(images)],
        "categories": [{"id": i + 1} for i in range(classes)],
        "annotations": annotations,
    }
    coco.createIndex()
    return coco


def boxes_operation(objects, detections, images, classes):
    with contextlib.redirect_stdout(io.StringIO()):
        truth = coco_of(annotations_of(objects, "iscrowd"), images, classes)
        found = coco_of(annotations_of(detections, "score"), images, classes)

    def evaluate():
        with contextlib.redirect_stdout(io.StringIO()):
            api = COCOeval(truth, found, "bbox")
            api.evaluate()
            api.accumulate()
            api.summarize()
        return api.stats

    return evaluate


serve(f"pycocotools {importlib.metadata.version('pycocotools')}", {"boxes": boxes_operation})
