"""The classifier networks of the R-CNN family in torch, narrow, as packages/models/src/fixtures/networks.json.

/usr/bin/python3 tooling/golden/networks.py          (Debian's python3-torch and python3-torchvision)

Weights are not written down: both sides make them from their names. Widths are a sixteenth of the published ones.
"""

from collections import OrderedDict

import torch
from common import nchw, nhwc, noise, summary, write
from formula import fill
from torch import nn


def c(channels):
    return max(2, 2 * round(channels / 32))


class Within(nn.Module):
    """Caffe's WITHIN_CHANNEL normalisation: size 3, alpha 5e-5, beta .75."""

    def forward(self, x):
        return x / (1 + 5e-5 * nn.functional.avg_pool2d(x * x, 3, 1, 1, count_include_pad=True)) ** 0.75


def pool(padding=0):
    return nn.MaxPool2d(3, 2, padding, ceil_mode=True)


def convolution(i, o, k=3, s=1, p=1, g=1):
    return nn.Conv2d(c(i) if i > 3 else 3, c(o), k, s, p, groups=g)


def alexnet(caffe, pad=0):
    norm = nn.LocalResponseNorm(5, 1e-4, 0.75, 1)
    shrink = pool(min(pad, 1))
    reduce = [shrink, norm] if caffe else [norm, shrink]
    return OrderedDict(
        conv1=convolution(3, 96, 11, 4, pad), r1=nn.ReLU(), a1=reduce[0], b1=reduce[1],
        conv2=convolution(96, 256, 5, 1, 2, 2), r2=nn.ReLU(), a2=reduce[0], b2=reduce[1],
        conv3=convolution(256, 384), r3=nn.ReLU(), conv4=convolution(384, 384, g=2), r4=nn.ReLU(),
        conv5=convolution(384, 256, g=2), r5=nn.ReLU(),
    )


def vgg_m():
    norm = nn.LocalResponseNorm(5, 5e-4, 0.75, 2)
    return OrderedDict(
        conv1=convolution(3, 96, 7, 2, 0), r1=nn.ReLU(), n1=norm, p1=pool(),
        conv2=convolution(96, 256, 5, 2, 1), r2=nn.ReLU(), n2=norm, p2=pool(),
        conv3=convolution(256, 512), r3=nn.ReLU(), conv4=convolution(512, 512), r4=nn.ReLU(), conv5=convolution(512, 512), r5=nn.ReLU(),
    )


def zf():
    return OrderedDict(
        conv1=convolution(3, 96, 7, 2, 3), r1=nn.ReLU(), n1=Within(), p1=pool(1),
        conv2=convolution(96, 256, 5, 2, 2), r2=nn.ReLU(), n2=Within(), p2=pool(1),
        conv3=convolution(256, 384), r3=nn.ReLU(), conv4=convolution(384, 384), r4=nn.ReLU(), conv5=convolution(384, 256), r5=nn.ReLU(),
    )


def vgg16():
    layers, last = [], 3
    for i, stage in enumerate([(64,) * 2, (128,) * 2, (256,) * 3, (512,) * 3, (512,) * 3]):
        layers += [nn.MaxPool2d(2, 2, ceil_mode=True)] if i else []
        for channels in stage:
            layers += [convolution(last, channels), nn.ReLU()]
            last = channels
    return OrderedDict(features=nn.Sequential(*layers))


class Fire(nn.Module):
    def __init__(self, i, squeezed, expanded):
        super().__init__()
        self.squeeze = convolution(i, squeezed, 1, 1, 0)
        self.expand1x1 = convolution(squeezed, expanded, 1, 1, 0)
        self.expand3x3 = convolution(squeezed, expanded)

    def forward(self, x):
        x = self.squeeze(x).relu()
        return torch.cat([self.expand1x1(x).relu(), self.expand3x3(x).relu()], 1)


def squeezenet():
    return OrderedDict(features=nn.Sequential(
        convolution(3, 96, 7, 2, 0), nn.ReLU(), pool(), Fire(96, 16, 64), Fire(128, 16, 64), Fire(128, 32, 128), pool(),
        Fire(256, 32, 128), Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), pool(), Fire(512, 64, 256),
    ))


def network(name, layers, channels, pooled, pool5, crop, places):
    body = nn.Sequential(layers)
    head = nn.Sequential()
    whole = nn.Module()
    for key, module in layers.items():
        whole.add_module(key, module)
    fc6, fc7 = nn.Linear(channels * pooled * pooled, 24), nn.Linear(24, 20)
    if places == "classifier":
        whole.classifier = nn.ModuleDict({"0": fc6, "3": fc7})
    else:
        whole.fc6, whole.fc7 = fc6, fc7
    tensors = fill(whole)
    body.eval()
    pixels = nchw(noise([1, 75, 91, 3], 1) * 4).requires_grad_()
    maps = body(pixels)
    (maps * nchw(noise(nhwc(maps).shape, 2))).sum().backward()
    pool5_map = pool5(body(nchw(noise([1, crop, crop, 3], 3) * 4)))
    assert pool5_map.shape[2:] == (pooled, pooled), (name, pool5_map.shape)
    features = fc7(fc6(pool5_map.flatten(1)).relu()).relu()
    return {
        "name": name, "tensors": tensors, "map": summary(nhwc(maps)), "gradient": summary(nhwc(pixels.grad)),
        "pool5": summary(nhwc(pool5_map)), "fc7": summary(features, 20),
    }


write("packages/models/src/fixtures/networks.json", {"width": 1 / 16, "hidden": [24, 20], "networks": [
    network("caffenet", alexnet(True), c(256), 6, pool(), 227, "fc"),
    network("alexnet", alexnet(False), c(256), 6, pool(), 227, "fc"),
    network("vgg_cnn_m_1024", vgg_m(), c(512), 6, pool(), 224, "fc"),
    network("zf", zf(), c(256), 6, pool(), 192, "fc"),
    network("vgg16", vgg16(), c(512), 7, nn.MaxPool2d(2, 2), 224, "classifier"),
    network("squeezenet1_0", squeezenet(), 2 * c(256), 6, pool(), 227, "fc"),
], "wholeImage": network("caffenet", alexnet(True, 5), c(256), 6, pool(), 193, "fc")})
