"""Small checkpoints as PyTorch and numpy write them, and pickles that a reader must refuse.

/usr/bin/python3 tooling/golden/weights_torch.py
"""

import base64
import collections
import io
import json
import os
import pathlib
import pickle
import zipfile

import numpy
import torch

TARGET = pathlib.Path(__file__).parents[2] / "packages/weights/src/fixtures/checkpoints.json"


def encoded(data):
    return base64.b64encode(data).decode()


def saved(value, zipped):
    file = io.BytesIO()
    torch.save(value, file, _use_new_zipfile_serialization=zipped)
    return encoded(file.getvalue())


base = torch.arange(12, dtype=torch.float32).reshape(3, 4) / 4
state = collections.OrderedDict(
    conv=base,
    transposed=base.t(),
    part=base[1:, 1:3],
    half=torch.tensor([1.5, -2.25]).half(),
    brain=torch.tensor([1.0, -3.140625]).bfloat16(),
    double=torch.tensor([1e300], dtype=torch.float64),
    long=torch.tensor(12345678901),
    int=torch.tensor([-7], dtype=torch.int32),
    short=torch.tensor([-300], dtype=torch.int16),
    char=torch.tensor([-3], dtype=torch.int8),
    byte=torch.tensor([200], dtype=torch.uint8),
    bool=torch.tensor([True, False]),
    empty=torch.zeros(0, 4),
    parameter=torch.nn.Parameter(torch.ones(2)),
)
expected = {
    name: {"shape": list(t.shape), "values": [float(v) for v in t.detach().to(torch.float64).flatten().tolist()]}
    for name, t in state.items()
}
module = torch.nn.Linear(2, 1)
torch.nn.init.constant_(module.weight, 0.5)
nested = {"epoch": 3, "lr": 0.1, "args": None, "tags": ("a", [1, True]), "model": module.state_dict()}

arrays = {
    "weight": numpy.arange(6, dtype="<f4").reshape(2, 3),
    "fortran": numpy.asfortranarray(numpy.arange(6, dtype="<f4").reshape(2, 3)),
    "half": numpy.array([0.5], "<f2"),
    "steps": numpy.array([5], "<i8"),
}
detectron = {"model": arrays, "__author__": "someone", "step": numpy.float64(0.5)}


class System:
    def __reduce__(self):
        return os.system, ("echo executed",)


class Evaluated:
    def __reduce__(self):
        return eval, ("1",)


def archive(pickled, compression=zipfile.ZIP_STORED, data=b"\0" * 16):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as target:
        target.writestr("archive/data.pkl", pickled)
        target.writestr("archive/data/0", data)
    return encoded(file.getvalue())


class Outside(pickle.Pickler):
    def persistent_id(self, value):
        return ("storage", torch.FloatStorage, "0", "cpu", 4) if value is Ellipsis else None


class Strided:
    def __init__(self, size, stride):
        self.lies = size, stride

    def __reduce__(self):
        return torch._utils._rebuild_tensor_v2, (Ellipsis, 0, *self.lies, False, None)


def strided(size, stride):
    file = io.BytesIO()
    Outside(file, 2).dump({"w": Strided(size, stride)})
    return archive(file.getvalue())


laughs = b"\x80\x02]q\x00K\x01a" + b"".join(b"]q" + bytes([i]) + b"(" + (b"h" + bytes([i - 1])) * 10 + b"e" for i in range(1, 20)) + b"."
refused = {
    "os.system in a zip": [archive(pickle.dumps(System(), 2)), "posix.system"],
    "os.system in a pickle of protocol 4": [encoded(pickle.dumps({"model": System()}, 4)), "posix.system"],
    "eval": [encoded(pickle.dumps(Evaluated(), 2)), "__builtin__.eval"],
    "a zip bomb": [archive(pickle.dumps({}, 2), zipfile.ZIP_DEFLATED, b"\0" * 1_000_000), "compressed"],
    "a stride outside the storage": [strided((2, 2), (100, 1)), "inside its storage of 4 numbers"],
    "a negative stride": [strided((2,), (-1,)), "none negative"],
    "a storage of one row expanded to a terabyte": [strided((2**38, 4), (0, 1)), "exhaust the memory"],
    "deep nesting": [encoded(b"\x80\x02" + b"]" * 5000 + b"a" * 4999 + b"."), "64 deep"],
    "a billion laughs": [encoded(laughs), "each level refers to the next many times"],
    "a list that holds itself": [encoded(b"\x80\x02]q\x00h\x00a."), "holds itself"],
    "objects of numpy": [encoded(pickle.dumps({"w": numpy.array([None])}, 2)), "numpy.dtype"],
    "no tensors": [encoded(pickle.dumps({"epoch": 1}, 2)), 'got a dict of "epoch"'],
}
fixture = {
    "source": f"torch {torch.__version__}, numpy {numpy.__version__}, tooling/golden/weights_torch.py",
    "expected": expected,
    "zip": saved(state, True),
    "legacy": saved(state, False),
    "nested": [saved(nested, True), saved(nested, False), saved({"state_dict": module.state_dict()}, True), saved({"model_state_dict": module.state_dict()}, True)],
    "pickles": [
        encoded(data)
        for protocol in (2, 4)
        for data in (pickle.dumps(detectron, protocol), pickle.dumps(detectron, protocol).replace(b"numpy.core.multiarray", b"numpy._core.multiarray") if protocol < 4 else pickle.dumps(detectron, protocol))
    ],
    "refused": refused,
}
TARGET.write_text(json.dumps(fixture, indent=1) + "\n")
print(TARGET.name, TARGET.stat().st_size, "bytes")
