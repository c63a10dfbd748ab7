"""Golden values for packages/datasets/src/resize-image.test.ts: torch's bilinear interpolate. Run from the repository's root."""
import json
import torch
import torch.nn.functional as F

torch.manual_seed(0)
cases = []
for (h, w), (H, W) in [((4, 6), (7, 9)), ((9, 5), (4, 3)), ((3, 3), (3, 8)), ((1, 1), (2, 3)), ((12, 10), (5, 17))]:
    image = torch.randint(0, 256, (1, 3, h, w)).double()
    resized = F.interpolate(image, size=(H, W), mode="bilinear", align_corners=False)
    cases.append({
        "width": w, "height": h, "data": image[0].permute(1, 2, 0).flatten().int().tolist(),
        "toWidth": W, "toHeight": H, "expected": [round(v, 6) for v in resized[0].permute(1, 2, 0).flatten().tolist()],
    })
with open("packages/datasets/src/fixtures/resize-image.json", "w") as f:
    json.dump({"source": "torch.nn.functional.interpolate, bilinear, align_corners=False", "version": torch.__version__, "cases": cases}, f)
    f.write("\n")
