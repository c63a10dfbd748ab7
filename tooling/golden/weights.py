"""A file written by Python's safetensors, every dtype that @rcnn/weights reads in it.

python3 tooling/golden/weights.py          (pip install safetensors numpy)
python3 tooling/golden/weights.py FILE     prints what Python's safetensors reads in FILE
"""

import base64
import json
import pathlib
import sys

import numpy
import safetensors
import safetensors.numpy

TARGET = pathlib.Path(__file__).parents[2] / "packages/weights/src/fixtures/safetensors.json"

if len(sys.argv) > 1:
    with safetensors.safe_open(sys.argv[1], "numpy") as file:
        print(file.metadata())
        for name in file.keys():
            print(name, file.get_tensor(name).dtype, file.get_tensor(name).shape, file.get_tensor(name).ravel()[:4])
    sys.exit()

arrays = {
    "conv.weight": numpy.linspace(-1, 1, 24, dtype="<f4").reshape(2, 3, 2, 2),
    "double": numpy.array([numpy.pi, -1e300], "<f8"),
    "half": numpy.array([[1.5, -2.25, 65504, 6e-8, 0.1]], "<f2"),
    "steps": numpy.array(12345678901, "<i8"),
    "indices": numpy.array([-(2**31), 2**31 - 1, 7], "<i4"),
    "bytes": numpy.array([0, 128, 255], "u1"),
    "mask": numpy.array([[True, False, True]]),
    "empty": numpy.zeros((0, 4), "<f4"),
}
tensors = {name: {"shape": list(a.shape), "values": a.astype(object).ravel().tolist()} for name, a in arrays.items()}
for tensor in tensors.values():
    tensor["values"] = [int(v) if isinstance(v, bool) else v for v in tensor["values"]]
# bfloat16 is the upper half of float32; numpy has no name for it.
brain = numpy.array([1.0, -3.140625, 1e20], "<f4")
upper = (brain.view("<u4") >> 16).astype("<u2")
widened = (upper.astype("<u4") << 16).view("<f4")
tensors["brain"] = {"shape": [3], "values": widened.astype(float).tolist()}


def spec(array, dtype):
    # The address must be a copy's that lives as long as `keep`.
    keep.append(numpy.ascontiguousarray(array))
    return safetensors.TensorSpec(dtype=dtype, shape=array.shape, data_ptr=keep[-1].ctypes.data, data_len=array.nbytes)


keep = []
specs = {name: spec(array, str(array.dtype)) for name, array in arrays.items()}
specs["brain"] = spec(upper, "bfloat16")
metadata = {"format": "np", "note": "é ∀ 🙂"}
fixture = {
    "source": f"safetensors {safetensors.__version__}, tooling/golden/weights.py",
    "metadata": metadata,
    "tensors": tensors,
    "file": base64.b64encode(safetensors.serialize(specs, metadata)).decode(),
}
TARGET.write_text(json.dumps(fixture, indent=1, ensure_ascii=False) + "\n")
