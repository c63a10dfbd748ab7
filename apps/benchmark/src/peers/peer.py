"""The Python end of python-peer.ts: a JSON line in, a JSON line out, arrays through files."""

import json
import sys
import time

import numpy


def serve(name, operations):
    """Answers until stdin ends. An operation takes its arrays and options by name and returns a function to be timed,
    whose result is an array."""
    print(json.dumps({"name": name}), flush=True)
    work = result = None
    for line in sys.stdin:
        question = json.loads(line)
        if question["do"] == "prepare":
            arrays = {
                key: numpy.fromfile(array["path"], array["dtype"]).reshape(array["shape"])
                for key, array in question["arrays"].items()
            }
            work = operations[question["operation"]](**arrays, **question["options"])
            reply = {}
        elif question["do"] == "run":
            start = time.perf_counter()
            result = work()
            reply = {"ms": 1000 * (time.perf_counter() - start)}
        else:
            numpy.asarray(result, "<f8").tofile(question["path"])
            reply = {}
        print(json.dumps(reply), flush=True)
