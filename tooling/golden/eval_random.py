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


def figures(problem, kind):
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {"info": {}, **json.loads(json.dumps(problem["groundTruth"]))}
        truth.createIndex()
        results = json.loads(json.dumps(problem["results"]))
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
boxes = [figures(json.loads(line), "bbox") for line in lines]
target = ROOT / "packages/eval/src/fixtures/coco-random.json"
rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in boxes)
source = f"pycocotools {importlib.metadata.version('pycocotools')}; tooling/golden/eval_random.py"
target.write_text(f'{{"source":"{source}","boxes":[\n{rows}\n]}}\n')
print(target, target.stat().st_size, "bytes;", sum(row[0] < 0 for row in boxes), "problems with nothing to find")
