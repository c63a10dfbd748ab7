"""The COCO API's evaluation, `pip install pycocotools`."""

import sys

try:
    from pycocotools import mask as masks
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
        "images": [{"id": i, "width": 640, "height": 480} for i in range(images)],
        "categories": [{"id": i + 1} for i in range(classes)],
        "annotations": annotations,
    }
    coco.createIndex()
    return coco


def poses_of(rows, last):
    result = []
    for i, (image, x, y, w, h, value, *keypoints) in enumerate(rows.astype(float).tolist()):
        entry = {"id": i + 1, "image_id": int(image), "category_id": 1, "bbox": [x, y, w, h], "area": w * h, "keypoints": keypoints}
        entry["num_keypoints"] = sum(v > 0 for v in keypoints[2::3])
        result.append({**entry, "iscrowd": int(value)} if last == "iscrowd" else {**entry, "score": value, "iscrowd": 0})
    return result


def with_octagon(annotation):
    x, y, w, h = annotation["bbox"]
    # The far sides and the cuts as the other side has them, to the last bit.
    x2, y2 = x + w, y + h
    dx, dy = 0.25 * (x2 - x), 0.25 * (y2 - y)
    corners = [x + dx, y, x2 - dx, y, x2, y + dy, x2, y2 - dy, x2 - dx, y2, x + dx, y2, x, y2 - dy, x, y + dy]
    return {**annotation, "segmentation": masks.frPyObjects([corners], 480, 640)[0]}


def operation(kind, prepare, objects, detections, images, classes, annotations_of=annotations_of):
    with contextlib.redirect_stdout(io.StringIO()):
        truth = coco_of([prepare(a) for a in annotations_of(objects, "iscrowd")], images, classes)
        found = coco_of([prepare(a) for a in annotations_of(detections, "score")], images, classes)

    def evaluate():
        with contextlib.redirect_stdout(io.StringIO()):
            api = COCOeval(truth, found, kind)
            api.evaluate()
            api.accumulate()
            api.summarize()
        return api.stats

    return evaluate


def boxes_operation(**arguments):
    return operation("bbox", dict, **arguments)


def masks_operation(**arguments):
    return operation("segm", with_octagon, **arguments)


def keypoints_operation(**arguments):
    return operation("keypoints", dict, classes=1, annotations_of=poses_of, **arguments)


serve(f"pycocotools {importlib.metadata.version('pycocotools')}", {"boxes": boxes_operation, "masks": masks_operation, "keypoints": keypoints_operation})
