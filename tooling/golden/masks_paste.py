"""Golden values of pasteMask: torchvision's paste_masks_in_image, as packages/geometry/src/fixtures/paste-mask.json.

    /usr/bin/python3 tooling/golden/masks_paste.py       (Debian's python3-torch and python3-torchvision)

Masks are drawn from xoshiro128**, uniform in 0 … 1.
"""

import torch
from torchvision.models.detection.roi_heads import paste_masks_in_image

from common import summary, write
from xoshiro import uniforms

CASES = [  # side of the mask, box, height, width
    (28, [10.3, 5.7, 60.2, 44.9], 50, 70),
    (28, [-12.5, -7.25, 30.75, 90.5], 64, 48),
    (14, [3, 4, 9, 30], 40, 40),
    (28, [20, 20, 20, 20], 32, 32),
    (28, [0.2, 0.2, 3.1, 2.6], 20, 24),
    (7, [-40, -40, 140, 120], 60, 80),
    (1, [5.5, 6.5, 14.5, 11.5], 20, 20),
    (28, [30.9, 2.4, 47.999, 31.2], 32, 48),
]

cases = []
for seed, (side, box, height, width) in enumerate(CASES):
    random = uniforms(seed)
    mask = torch.tensor([next(random) for _ in range(side * side)]).reshape(side, side)
    pasted = paste_masks_in_image(mask[None, None], torch.tensor([box]), (height, width))[0, 0]
    cases.append({
        "seed": seed, "side": side, "box": box, "height": height, "width": width,
        "above": int((pasted > 0.5).sum()), "pasted": summary(pasted, 400),
    })
write("packages/geometry/src/fixtures/paste-mask.json", {"cases": cases})
