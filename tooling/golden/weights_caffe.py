"""Small Caffe nets, as protobuf writes them and OpenCV's importer reads them, as packages/weights/src/fixtures/caffe.json.

/usr/bin/python3 tooling/golden/weights_caffe.py          (Debian's python3-protobuf and python3-opencv)

Caffe is not needed: the few messages that hold weights are described here (field numbers of caffe.proto), and what OpenCV
makes of the files proves the description.
"""

import base64
import json
import pathlib

import cv2
import google.protobuf
import numpy
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

TARGET = pathlib.Path(__file__).parents[2] / "packages/weights/src/fixtures/caffe.json"
FLOAT, INT64, INT32, STRING, MESSAGE, ENUM, DOUBLE = 2, 3, 5, 9, 11, 14, 1


def describe():
    """The messages of caffe.proto that hold weights: {message: [(name, number, type, repeated, packed, of)]}."""
    messages = {
        "BlobShape": [("dim", 1, INT64, True, True, None)],
        "BlobProto": [
            ("num", 1, INT32, False, False, None), ("channels", 2, INT32, False, False, None), ("height", 3, INT32, False, False, None),
            ("width", 4, INT32, False, False, None), ("data", 5, FLOAT, True, True, None), ("diff", 6, FLOAT, True, True, None),
            ("shape", 7, MESSAGE, False, False, "BlobShape"), ("double_data", 8, DOUBLE, True, True, None),
        ],
        "ConvolutionParameter": [("num_output", 1, INT32, False, False, None), ("kernel_size", 4, INT32, False, False, None), ("group", 5, INT32, False, False, None)],
        "InnerProductParameter": [("num_output", 1, INT32, False, False, None)],
        "V1LayerParameter": [
            ("bottom", 2, STRING, True, False, None), ("top", 3, STRING, True, False, None), ("name", 4, STRING, False, False, None),
            ("type", 5, INT32, False, False, None), ("blobs", 6, MESSAGE, True, False, "BlobProto"),
            ("convolution_param", 10, MESSAGE, False, False, "ConvolutionParameter"), ("inner_product_param", 17, MESSAGE, False, False, "InnerProductParameter"),
        ],
        "LayerParameter": [
            ("name", 1, STRING, False, False, None), ("type", 2, STRING, False, False, None), ("bottom", 3, STRING, True, False, None),
            ("top", 4, STRING, True, False, None), ("blobs", 7, MESSAGE, True, False, "BlobProto"),
            ("convolution_param", 106, MESSAGE, False, False, "ConvolutionParameter"), ("inner_product_param", 117, MESSAGE, False, False, "InnerProductParameter"),
        ],
        "NetParameter": [
            ("name", 1, STRING, False, False, None), ("layers", 2, MESSAGE, True, False, "V1LayerParameter"),
            ("input", 3, STRING, True, False, None), ("layer", 100, MESSAGE, True, False, "LayerParameter"),
        ],
    }
    file = descriptor_pb2.FileDescriptorProto(name="weights.proto", package="weights", syntax="proto2")
    for name, fields in messages.items():
        message = file.message_type.add(name=name)
        for field, number, kind, repeated, packed, of in fields:
            added = message.field.add(name=field, number=number, type=kind, label=3 if repeated else 1)
            if packed:
                added.options.packed = True
            if of is not None:
                added.type_name = f".weights.{of}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return lambda name: message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName(f"weights.{name}"))


message = describe()
rng = numpy.random.RandomState(0)
# Two groups of two channels each, then a fully connected layer over a map of 4 channels and 2 × 2 pixels.
CONV, FC = (4, 1, 3, 3), (3, 16)
arrays = {name: (rng.rand(*shape) * 64).round().astype("<f4") / 8 for name, shape in {"conv1.weight": CONV, "conv1.bias": CONV[:1], "fc6.weight": FC, "fc6.bias": FC[:1]}.items()}
PROTOTXT = """name: "small"
input: "data" input_dim: 1 input_dim: 2 input_dim: 4 input_dim: 4
layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1" convolution_param { num_output: 4 kernel_size: 3 group: 2 } }
layer { name: "fc6" type: "InnerProduct" bottom: "conv1" top: "fc6" inner_product_param { num_output: 3 } }
"""


def blob(target, array, legacy):
    if legacy:
        target.num, target.channels, target.height, target.width = (1,) * (4 - array.ndim) + array.shape
    else:
        target.shape.dim.extend(array.shape)
    target.data.extend(array.flatten().tolist())


def net(v1, legacy):
    made = message("NetParameter")(name="small")
    made.input.append("data")
    for name, kind in (("conv1", "Convolution"), ("fc6", "InnerProduct")):
        layer = (made.layers if v1 else made.layer).add(name=name, type={"Convolution": 4, "InnerProduct": 14}[kind] if v1 else kind)
        layer.bottom.append("data" if name == "conv1" else "conv1")
        layer.top.append(name)
        if name == "conv1":
            layer.convolution_param.num_output, layer.convolution_param.kernel_size, layer.convolution_param.group = 4, 3, 2
        else:
            layer.inner_product_param.num_output = 3
        for part in ("weight", "bias"):
            blob(layer.blobs.add(), arrays[f"{name}.{part}"], legacy)
    data = made.SerializeToString()
    prototxt = PROTOTXT.replace("layer {", "layers {").replace('"Convolution"', "CONVOLUTION").replace('"InnerProduct"', "INNER_PRODUCT") if v1 else PROTOTXT
    read = cv2.dnn.readNetFromCaffe(numpy.frombuffer(prototxt.encode(), "u1"), numpy.frombuffer(data, "u1"))
    for name, array in arrays.items():
        layer, part = name.split(".")
        seen = read.getParam(layer, 0 if part == "weight" else 1)
        assert numpy.array_equal(seen.flatten(), array.flatten()), name
    x = numpy.arange(32, dtype="f4").reshape(1, 2, 4, 4) / 32
    read.setInput(x)
    return data, read.forward().flatten().tolist()


def norm(factor):
    """A BatchNorm as Caffe keeps it, mean and variance times the third blob, in doubles; and a layer without parameters."""
    made = message("NetParameter")(name="norm")
    made.layer.add(name="relu", type="ReLU")
    layer = made.layer.add(name="bn1", type="BatchNorm")
    for values in ([2.0, -4.0], [8.0, 1.0], [factor]):
        added = layer.blobs.add()
        added.shape.dim.extend([len(values)])
        added.double_data.extend(values)
    return made.SerializeToString()


def spoilt(change):
    made = message("NetParameter")(name="spoilt")
    layer = made.layer.add(name="conv1", type="Convolution")
    blob(layer.blobs.add(), arrays["conv1.weight"], False)
    change(made, layer)
    return base64.b64encode(made.SerializeToString()).decode()


def negative(_, layer):
    layer.blobs[0].shape.dim[0] = -4


encoded = {f"{'V1' if v1 else 'V2'}, {'four extents' if legacy else 'a shape'}": net(v1, legacy) for v1 in (True, False) for legacy in (True, False)}
outputs = {json.dumps(output) for _, output in encoded.values()}
assert len(outputs) == 1
version0 = message("NetParameter")(name="old").SerializeToString() + b"\x12\x04\x0a\x02\x0a\x00"
fixture = {
    "source": f"protobuf {google.protobuf.__version__}, opencv {cv2.__version__}, tooling/golden/weights_caffe.py",
    "nets": {name: base64.b64encode(data).decode() for name, (data, _) in encoded.items()},
    "tensors": {name: {"shape": list(array.shape), "values": array.flatten().tolist()} for name, array in arrays.items()},
    "forward": json.loads(outputs.pop()),
    "norms": [base64.b64encode(norm(factor)).decode() for factor in (2.0, 0.0)],
    "refused": {
        "a net without parameters": [base64.b64encode(message("NetParameter")(name="empty").SerializeToString()).decode(), "layers with parameters"],
        "a blob that its shape does not describe": [spoilt(lambda _, layer: layer.blobs[0].shape.dim.extend([2])), 'layer "conv1": expected as many numbers'],
        "a negative extent": [spoilt(negative), "as many numbers as a blob of shape [-4, 1, 3, 3]"],
        "two layers of one name": [spoilt(lambda made, layer: made.layer.add().CopyFrom(layer)), '"conv1.weight" twice'],
        "layers of version 0": [base64.b64encode(version0).decode(), "version 0"],
    },
}
TARGET.write_text(json.dumps(fixture, indent=1) + "\n")
print(TARGET.name, TARGET.stat().st_size, "bytes")
