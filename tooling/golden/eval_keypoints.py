"""The COCO API's keypoint figures of 80 seeded random problems (pip install pycocotools).

    python3 tooling/golden/eval_keypoints.py

writes packages/eval/src/fixtures/coco-keypoints.json. The problems themselves are not written down: the tests make them by
the same seeds, and this script has them made by eval_problems.ts.
"""

import contextlib
import importlib.metadata
import io
import json
import pathlib
import subprocess

import numpy
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

ROOT = pathlib.Path(__file__).parents[2]
COUNT = 80


def figures(problem, sigmas=None):
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {"info": {}, **json.loads(json.dumps(problem["groundTruth"]))}
        truth.createIndex()
        # The API's loadRes cannot read an empty list.
        found = truth.loadRes(json.loads(json.dumps(problem["results"]))) if problem["results"] else COCO()
        if not problem["results"]:
            found.dataset = {**truth.dataset, "annotations": []}
            found.createIndex()
        api = COCOeval(truth, found, "keypoints")
        if sigmas is not None:
            api.params.kpt_oks_sigmas = numpy.array(sigmas)
        api.evaluate()
        api.accumulate()
        api.summarize()
    return api.stats.tolist()


command = ["npx", "tsx", "tooling/golden/eval_problems.ts", str(COUNT), "keypoints"]
lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
problems = [json.loads(line) for line in lines]
own = [0.02 + 0.005 * k for k in range(17)]
parts = {"people": [figures(problem) for problem in problems], "ownSigmas": [figures(problem, own) for problem in problems[:20]]}
target = ROOT / "packages/eval/src/fixtures/coco-keypoints.json"
source = f"pycocotools {importlib.metadata.version('pycocotools')}, numpy {numpy.__version__}; tooling/golden/eval_keypoints.py"
rows = {name: ",\n".join(json.dumps(row, separators=(",", ":")) for row in part) for name, part in parts.items()}
body = ",\n".join(f'"{name}":[\n{text}\n]' for name, text in rows.items())
target.write_text(f'{{"source":"{source}",\n{body}}}\n')
empty = sum(row[0] < 0 for row in parts["people"])
print(target, target.stat().st_size, "bytes;", empty, "problems with nothing to find; mean AP", numpy.mean([r[0] for r in parts["people"] if r[0] >= 0]))
