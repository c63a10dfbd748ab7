"""PyTorch's layers, losses and SGD, forward and gradient, as packages/nn/src/fixtures/torch.json.

/usr/bin/python3 tooling/golden/nn.py          (Debian's python3-torch and python3-torchvision)

Inputs are not written down: both sides make them by `noise`. Maps are NHWC, filters HWIO (depthwise: HWC1), linear
weights [in, out].
"""

import torch
import torch.nn.functional as F
from common import nchw, nhwc, noise, packed, write
from torchvision.ops import FrozenBatchNorm2d

ACTIVATIONS = {"linear": lambda x: x, "relu": torch.relu, "relu6": F.relu6}


def same(size, kernel, stride):
    """TensorFlow's `same`: how many zeros before and after."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def convolution(name, shape, kernel, out, depthwise=False, stride=1, padding="same", activation="linear", bias=True):
    x = nchw(noise(shape, 1) * 4).requires_grad_()
    channels = shape[3]
    hwio = noise([kernel, kernel, channels, 1 if depthwise else out], 2) * (8 if activation == "relu6" else 1)
    weight = hwio.permute(2, 3, 0, 1) if depthwise else hwio.permute(3, 2, 0, 1)
    weight = weight.contiguous().requires_grad_()
    b = noise([channels if depthwise else out], 3).requires_grad_() if bias else None
    if padding == "same":
        (top, bottom), (left, right) = same(shape[1], kernel, stride), same(shape[2], kernel, stride)
    else:
        top = bottom = left = right = padding
    y = F.conv2d(F.pad(x, (left, right, top, bottom)), weight, b, stride, groups=channels if depthwise else 1)
    y = ACTIVATIONS[activation](y)
    y.backward(nchw(noise(nhwc(y).shape, 4)))
    back = weight.grad.permute(2, 3, 0, 1) if depthwise else weight.grad.permute(2, 3, 1, 0)
    return {
        "name": name,
        "shape": shape,
        "filter": list(hwio.shape),
        "bias": bias,
        "filterScale": 8 if activation == "relu6" else 1,
        "options": {"stride": stride, "padding": padding, "activation": activation},
        "y": packed(nhwc(y)),
        "dx": packed(nhwc(x.grad)),
        "dFilter": packed(back),
        **({"dBias": packed(b.grad)} if bias else {}),
    }


convolutions = [
    convolution("3×3", [2, 5, 6, 3], 3, 4, padding=1),
    convolution("3×3, stride 2, TensorFlow's same on an even extent", [1, 6, 8, 3], 3, 4, stride=2),
    convolution("3×3, stride 2, symmetric padding on an even extent", [1, 6, 8, 3], 3, 4, stride=2, padding=1),
    convolution("3×3, stride 2, TensorFlow's same on an odd extent, relu", [1, 7, 5, 2], 3, 3, stride=2, activation="relu"),
    convolution("7×7, stride 2, relu6, as a stem", [1, 9, 10, 3], 7, 4, stride=2, padding=3, activation="relu6"),
    convolution("1×1, no bias, relu", [2, 3, 4, 5], 1, 6, padding=0, activation="relu", bias=False),
    convolution("1×1, stride 2, as a shortcut", [1, 5, 6, 4], 1, 3, stride=2, padding=0),
    convolution("depthwise 3×3, relu6", [2, 5, 6, 4], 3, 0, depthwise=True, padding=1, activation="relu6"),
    convolution("depthwise 3×3, stride 2, TensorFlow's same on an even extent", [1, 6, 8, 5], 3, 0, depthwise=True, stride=2),
    convolution("depthwise 3×3, stride 2, symmetric, no bias, relu", [1, 6, 7, 5], 3, 0, depthwise=True, stride=2, padding=1, activation="relu", bias=False),
]


def deconvolution(stride):
    x = nchw(noise([2, 3, 4, 3], 1) * 4).requires_grad_()
    weight = noise([stride, stride, 5, 3], 2).permute(3, 2, 0, 1).contiguous().requires_grad_()
    b = noise([5], 3).requires_grad_()
    y = torch.relu(F.conv_transpose2d(x, weight, b, stride))
    y.backward(nchw(noise(nhwc(y).shape, 4)))
    back = weight.grad.permute(2, 3, 1, 0)
    return {"stride": stride, "y": packed(nhwc(y)), "dx": packed(nhwc(x.grad)), "dWeight": packed(back), "dBias": packed(b.grad)}


def linear(activation):
    x = (noise([5, 7], 1) * 4).requires_grad_()
    weight = (noise([7, 3], 2) * 6).requires_grad_()
    b = noise([3], 3).requires_grad_()
    y = ACTIVATIONS[activation](x @ weight + b)
    y.backward(noise([5, 3], 4))
    return {"activation": activation, "y": packed(y), "dx": packed(x.grad), "dWeight": packed(weight.grad), "dBias": packed(b.grad)}


SHAPE = [2, 4, 3, 8]


def affine(layer):
    layer.weight.data = noise([8], 5) + 1
    layer.bias.data = noise([8], 6)
    return layer


def normalization(layer, seeds=(1,), training=True):
    layer.train(training)
    for seed in seeds:
        x = nchw(noise(SHAPE, seed) * 3 + 0.25).requires_grad_()
        layer.zero_grad()
        y = layer(x)
        y.backward(nchw(noise(SHAPE, 4)))
    return {"y": packed(nhwc(y)), "dx": packed(nhwc(x.grad)), "dWeight": packed(layer.weight.grad), "dBias": packed(layer.bias.grad)}


batch_norm = affine(torch.nn.BatchNorm2d(8))
trained = normalization(batch_norm, (11, 12, 13))
running = {"mean": packed(batch_norm.running_mean), "variance": packed(batch_norm.running_var)}
evaluated = normalization(batch_norm, training=False)
group_norm = normalization(affine(torch.nn.GroupNorm(4, 8)))


def frozen(epsilon):
    layer = FrozenBatchNorm2d(8, eps=epsilon)
    layer.weight, layer.bias, layer.running_mean = noise([8], 5) + 1, noise([8], 6), noise([8], 7)
    layer.running_var = (noise([8], 8) + 0.5) * 1e-3  # small, so that ε is seen
    return {"epsilon": epsilon, "y": packed(nhwc(layer(nchw(noise(SHAPE, 1)))))}


DIFFERENCES = [-30, -1.5, -1, -0.5, -1 / 9, -0.05, 0, 0.02, 1 / 9, 0.3, 1, 2, 1e4]
LOGITS = [-1e4, -100, -20, -1, 0, 0.5, 20, 100, 1e4]
ROWS = [[0, 1, 2], [1e4, -1e4, 0], [-1e4, -1e4, -1e4], [80, 81, -5], [1e-3, 0, 0]]


def smooth_l1(beta):
    d = torch.tensor(DIFFERENCES).requires_grad_()
    loss = F.smooth_l1_loss(d, torch.zeros_like(d), reduction="none", beta=beta)
    loss.sum().backward()
    return {"beta": beta, "loss": packed(loss), "gradient": packed(d.grad)}


def sigmoid_cross_entropy(target):
    x = torch.tensor(LOGITS).requires_grad_()
    loss = F.binary_cross_entropy_with_logits(x, torch.full_like(x, target), reduction="none")
    loss.sum().backward()
    return {"target": target, "loss": packed(loss), "gradient": packed(x.grad)}


def softmax_cross_entropy(target):
    x = torch.tensor(ROWS).requires_grad_()
    loss = F.cross_entropy(x, torch.full([len(ROWS)], target), reduction="none")
    loss.sum().backward()
    return {"target": target, "loss": packed(loss), "gradient": packed(x.grad)}


def descent(momentum, weight_decay, clip):
    """Five steps on two parameters whose gradients are `noise`; the norms are those before clipping."""
    parameters = [torch.nn.Parameter(noise([3, 4], 1)), torch.nn.Parameter(noise([5], 2))]
    optimizer = torch.optim.SGD(parameters, lr=0.1, momentum=momentum, weight_decay=weight_decay)
    norms = []
    for step in range(5):
        for i, parameter in enumerate(parameters):
            parameter.grad = noise(parameter.shape, 10 * step + i) * 2
        if clip is not None:
            norms.append(torch.nn.utils.clip_grad_norm_(parameters, clip).item())
        for group in optimizer.param_groups:
            group["lr"] = 0.1 / (step + 1)
        optimizer.step()
    return {
        "options": {"momentum": momentum, "weightDecay": weight_decay, **({} if clip is None else {"clipNorm": clip})},
        "parameters": [packed(parameter) for parameter in parameters],
        "norms": norms,
    }


def adamw(beta1, beta2, weight_decay):
    parameters = [torch.nn.Parameter(noise([3, 4], 1)), torch.nn.Parameter(noise([5], 2))]
    optimizer = torch.optim.AdamW(parameters, lr=0.1, betas=(beta1, beta2), weight_decay=weight_decay)
    for step in range(5):
        for i, parameter in enumerate(parameters):
            parameter.grad = noise(parameter.shape, 10 * step + i) * 2
        optimizer.param_groups[0]["lr"] = 0.1 / (step + 1)
        optimizer.step()
    return {"options": {"betas": [beta1, beta2], "weightDecay": weight_decay}, "parameters": [packed(p) for p in parameters]}


write("packages/nn/src/fixtures/torch.json", {
    "convolutions": convolutions,
    "deconvolution": [deconvolution(stride) for stride in (2, 3)],
    "linear": [linear(activation) for activation in ACTIVATIONS],
    "batchNorm": {"trained": trained, "running": running, "evaluated": evaluated},
    "groupNorm": group_norm,
    "frozenBatchNorm": [frozen(epsilon) for epsilon in (1e-5, 1e-3, 0)],
    "losses": {
        "differences": DIFFERENCES,
        "smoothL1": [smooth_l1(beta) for beta in (0.0, 1 / 9, 1.0)],
        "logits": LOGITS,
        "sigmoidCrossEntropy": [sigmoid_cross_entropy(target) for target in (0.0, 0.5, 1.0)],
        "rows": ROWS,
        "softmaxCrossEntropy": [softmax_cross_entropy(target) for target in (0, 1, 2)],
    },
    "sgd": [descent(0.9, 0.01, None), descent(0, 0, None), descent(0.9, 1e-4, 1.5)],
    "adamw": [adamw(0.9, 0.999, 0.01), adamw(0.8, 0.9, 0)],
})
