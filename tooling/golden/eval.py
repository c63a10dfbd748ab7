"""Golden values of @rcnn/eval from the COCO API (pip install pycocotools).

    python3 tooling/golden/eval.py

writes packages/eval/src/fixtures/coco-api.json: seeded random problems as COCO JSON, with what COCOeval finds in them.
"""

import contextlib
import importlib.metadata
import io
import json
import pathlib
import random

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

OUT = pathlib.Path(__file__).parents[2] / "packages/eval/src/fixtures/coco-api.json"
CATEGORIES = [90, 1, 7, 3]  # out of order, with gaps; 7 is never annotated


def make_box(rng, size, grid):
    side = size * 2 ** rng.uniform(-4, -0.5)
    w, h = side * 2 ** rng.uniform(-0.5, 0.5), side * 2 ** rng.uniform(-0.5, 0.5)
    x, y = rng.uniform(0, size - w), rng.uniform(0, size - h)
    return [round(round(v / grid) * grid, 2) for v in (x, y, max(w, grid), max(h, grid))]


def make_problem(seed, image_ids, size, grid, objects, strays, stray_categories=CATEGORIES):
    rng = random.Random(seed)
    annotations, results = [], []
    for image in image_ids:
        for _ in range(rng.randint(0, objects)):
            box = make_box(rng, size, grid)
            category = rng.choice([90, 1, 3])
            crowd = int(rng.random() < 0.15)
            annotations.append({
                "id": len(annotations) + 1, "image_id": image, "category_id": category, "bbox": box, "iscrowd": crowd,
                "area": round(box[2] * box[3] * rng.uniform(0.5, 1), 2),
            })
            for _ in range(rng.choice([0, 1, 1, 2, 3])):
                noise = rng.choice([0, 0.02, 0.08])
                moved = [v + rng.gauss(0, 1) * noise * box[2 + i % 2] for i, v in enumerate(box)]
                moved = [round(round(v / grid) * grid, 2) for v in moved]
                moved[2], moved[3] = max(moved[2], grid), max(moved[3], grid)
                if grid == 0.1 and rng.random() < 0.7:  # narrower by an IoU threshold: the rounding decides
                    moved = [box[0], box[1], round(box[2] * rng.choice([0.5, 0.6, 0.7, 0.75, 0.8, 0.9]), 2), box[3]]
                # Few distinct scores, so that there are ties within and between images.
                results.append({
                    "image_id": image, "category_id": category if rng.random() < 0.9 else rng.choice([90, 1, 3]),
                    "bbox": moved, "score": round(rng.uniform(0.2, 1), 1),
                })
        for _ in range(rng.randint(0, strays)):
            results.append({
                "image_id": image, "category_id": rng.choice(stray_categories), "bbox": make_box(rng, size, grid),
                "score": round(rng.uniform(0, 0.6), 2),
            })
    rng.shuffle(annotations)
    rng.shuffle(results)
    return {
        "groundTruth": {
            "images": [{"id": image} for image in image_ids],
            "categories": [{"id": c, "name": f"class {c}"} for c in CATEGORIES],
            "annotations": annotations,
        },
        "results": results,
    }


def evaluate(problem, options):
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = json.loads(json.dumps(problem["groundTruth"]))
        truth.dataset["info"] = {}
        truth.createIndex()
        api = COCOeval(truth, truth.loadRes(json.loads(json.dumps(problem["results"]))), "bbox")
        if "iouThresholds" in options:
            api.params.iouThrs = np.array(options["iouThresholds"])
        if "maxDetections" in options:
            api.params.maxDets = options["maxDetections"]
        api.evaluate()
        api.accumulate()
        # COCO API's summary insists on its own options.
        figures = []
        if not options:
            api.summarize()
            figures = api.stats.tolist()
    # Means over the recalls: the whole array would be long. [T, K, A, M]
    return {
        "figures": figures,
        "meanPrecision": api.eval["precision"].mean(axis=1).round(12).ravel().tolist(),
        "recall": api.eval["recall"].round(12).ravel().tolist(),
    }


cases = []
for name, options, arguments in [
    ("mixed sizes", {}, (1, [5, 2, 9, 1, 12, 7], 400, 0.01, 8, 6)),
    ("coarse grid, where IoUs fall on thresholds", {}, (2, [3, 1, 2, 8], 60, 0.1, 16, 4)),
    ("integer grid, more than 100 detections of an image", {}, (3, [2, 1], 300, 1, 9, 330, [90])),
    ("own thresholds and limits", {"iouThresholds": [0.3, 0.5, 1], "maxDetections": [2, 3, 5]}, (4, [4, 1, 6], 30, 1, 10, 5)),
]:
    problem = make_problem(*arguments)
    cases.append({"name": name, "options": options, **problem, "expected": evaluate(problem, options)})

source = f"pycocotools {importlib.metadata.version('pycocotools')}, numpy {np.__version__}; tooling/golden/eval.py"
OUT.parent.mkdir(exist_ok=True)
OUT.write_text(json.dumps({"source": source, "cases": cases}, separators=(",", ":")) + "\n")
print(OUT, OUT.stat().st_size, [len(c["results"]) for c in cases], [c["expected"]["figures"][:3] for c in cases])
