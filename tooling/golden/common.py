"""What the golden scripts of nn, rpn, heads and models share: reproducible inputs and packed results."""

import base64
import json
import pathlib

import numpy
import torch
import torchvision

ROOT = pathlib.Path(__file__).parents[2]
WORD = 0xFFFFFFFF


def noise(shape, seed=0):
    """Number i, row-major: a hash of i and the seed as 24 bits, uniform in [-0.5, 0.5); `noise` of testing/noise.ts."""
    z = numpy.arange(numpy.prod(shape, dtype=numpy.int64), dtype=numpy.uint64) + (seed * 0x9E3779B9 & WORD)
    z &= WORD
    z = ((z ^ z >> 16) * 0x85EBCA6B) & WORD
    z = ((z ^ z >> 13) * 0xC2B2AE35) & WORD
    z ^= z >> 16
    return torch.tensor(((z >> 8) / 2**24 - 0.5).astype("<f4").reshape(shape))


def nchw(nhwc):
    return nhwc.permute(0, 3, 1, 2).contiguous()


def nhwc(tensor):
    return tensor.permute(0, 2, 3, 1).contiguous()


def packed(tensor):
    """float32, row-major, little-endian, in base64."""
    return base64.b64encode(tensor.detach().contiguous().numpy().astype("<f4").tobytes()).decode()


def summary(tensor, count=48):
    """Shape, root mean square, and `count` values spread evenly over the whole; `summaryOf` of testing/summary.ts."""
    flat = tensor.detach().contiguous().flatten()
    indices = [i * (flat.numel() - 1) // (count - 1) for i in range(count)]
    return {"shape": list(tensor.shape), "rms": flat.double().square().mean().sqrt().item(), "values": packed(flat[indices])}


def write(path, contents):
    source = f"torch {torch.__version__}, torchvision {torchvision.__version__}"
    target = ROOT / path
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"source": source, **contents}, indent=1) + "\n")
    print(path, target.stat().st_size, "bytes")
