"""Weights that both sides make from their names: `formulaState` of packages/models/src/testing/formula-state.ts."""

import math

from common import noise


def fnv1a(name):
    hashed = 0x811C9DC5
    for byte in name.encode():
        hashed = (hashed ^ byte) * 0x01000193 & 0xFFFFFFFF
    return hashed


def formula(name, shape, gains=()):
    """Noise seeded by the name, in the range that a tensor of its kind has."""
    offset, scale = 0, 0.2
    if name.endswith("running_var") or (name.endswith("weight") and len(shape) == 1):
        offset, scale = 1, 0.5
    elif len(shape) > 1:
        scale = math.sqrt(12) * math.sqrt(2 / math.prod(shape[1:]))
    for prefix, gain in dict(gains).items():
        scale *= gain if name.startswith(prefix) else 1
    return (noise(shape, fnv1a(name)).double() * scale + offset).float()


def fill(module, gains=()):
    """Gives a module the formula's weights and answers their names and shapes, `a.b.weight 3x4`."""
    state = {name: value for name, value in module.state_dict().items() if not name.endswith("num_batches_tracked")}
    module.load_state_dict({name: formula(name, value.shape, gains) for name, value in state.items()}, strict=False)
    return [f"{name} {'x'.join(map(str, value.shape))}" for name, value in state.items()]
