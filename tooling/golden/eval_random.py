"""The COCO API's figures of 200 seeded random problems (pip install pycocotools).

    python3 tooling/golden/eval_random.py

writes packages/eval/src/fixtures/coco-random.json. The problems themselves are not written down: the tests make them by
the same seeds, and this script has them made by eval_problems.ts.
"""

import contextlib
import importlib.metadata
import io
import json
import pathlib
import subprocess

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

ROOT = pathlib.Path(__file__).parents[2]
COUNT = 200


def figures(problem, kind, without=()):
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {"info": {}, **json.loads(json.dumps(problem["groundTruth"]))}
        truth.createIndex()
        results = [{k: v for k, v in result.items() if k not in without} for result in problem["results"]]
        # The API's loadRes cannot read an empty list.
        found = truth.loadRes(results) if results else COCO()
        if not results:
            found.dataset = {**truth.dataset, "annotations": []}
            found.createIndex()
        api = COCOeval(truth, found, kind)
        api.evaluate()
        api.accumulate()
        api.summarize()
    return api.stats.tolist()


command = ["npx", "tsx", "tooling/golden/eval_problems.ts", str(COUNT)]
lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
problems = [json.loads(line) for line in lines]
boxes = [figures(problem, "bbox") for problem in problems]
# Where results have boxes too, the API goes by the boxes' areas: both ways are tried.
masks = [figures(problem, "segm", ["bbox"] if seed % 2 else []) for seed, problem in enumerate(problems)]
boxes_of_masks = [figures(problem, "bbox", ["bbox"]) for problem in problems[:20]]
target = ROOT / "packages/eval/src/fixtures/coco-random.json"
def rows_of(figures_of):
    return ",\n".join(json.dumps(row, separators=(",", ":")) for row in figures_of)


source = f"pycocotools {importlib.metadata.version('pycocotools')}; tooling/golden/eval_random.py"
parts = {"boxes": boxes, "masks": masks, "boxesOfMasks": boxes_of_masks}
body = ",\n".join(f'"{name}":[\n{rows_of(part)}\n]' for name, part in parts.items())
target.write_text(f'{{"source":"{source}",\n{body}}}\n')
print(target, target.stat().st_size, "bytes;", sum(row[0] < 0 for row in boxes), "problems with nothing to find")
