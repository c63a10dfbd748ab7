"""torchvision's side of tooling/parity/torchvision.ts, which starts it twice.

make NAME FOLDER    a detector of torchvision's with random weights, scaled so that it finds something: FOLDER/weights.pth, and
                    for each FOLDER/I.rgb the maps of its pyramid, its objectness logits and its detections
check NAME FOLDER   loads FOLDER/export.safetensors strictly and expects the same detections
"""

import json
import pathlib
import struct
import sys

import numpy
import torch
import torchvision

MODE, NAME, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
BATCH_NORM = torch.nn.BatchNorm2d


def images():
    for about in sorted(FOLDER.glob("*.size.json")):
        width, height = json.loads(about.read_text())
        stem = about.name.split(".")[0]
        pixels = numpy.fromfile(FOLDER / f"{stem}.rgb", "u1").reshape(height, width, 3).copy()
        yield stem, torch.from_numpy(pixels).permute(2, 0, 1).float() / 255


def create():
    return getattr(torchvision.models.detection, NAME)(weights=None, weights_backbone=None).eval()


def spread(model, pictures, deviations):
    """Scales and shifts layers so that what each says of the images has the mean 0, channel by channel, and its standard deviation."""
    said = {layer: [] for layer in deviations}
    hooks = [layer.register_forward_hook(lambda layer, _, out: said[layer].append(out.transpose(0, 1).flatten(1))) for layer in deviations]
    with torch.no_grad():
        model(pictures)
        for layer, deviation in deviations.items():
            channels = torch.cat(said[layer], 1)
            mean = channels.mean(1)
            scale = deviation / (channels - mean[:, None]).std()
            layer.weight *= scale
            layer.bias.copy_((layer.bias - mean) * scale)
    for hook in hooks:
        hook.remove()


def make_alike(model, pictures, layer):
    """
    Takes out of a layer's weights what tells the images apart on the whole, so that one start for the background finds some objects
    in each of them.
    """
    said = []
    hook = layer.register_forward_pre_hook(lambda _, given: said.append(given[0].mean(0)))
    with torch.no_grad():
        for image in pictures:
            model([image])
        apart = torch.stack(said)
        basis = torch.linalg.qr((apart - apart.mean(0))[1:].T)[0] if len(pictures) > 1 else torch.zeros(apart.shape[1], 0)
        layer.weight -= layer.weight @ basis @ basis.T
    hook.remove()


def margin(found):
    """How far the scores lie from each other and from the threshold."""
    scores = torch.cat([found, torch.tensor([0.05])])
    return (scores[:-1] - scores[1:]).min().item()


def set_apart(model, pictures):
    """
    Gives the background a start so that fewer detections are left than the limit, with scores as far apart as may be: those of
    random weights would differ by less than rounding does.
    """
    kept = []
    hooks = [
        model.roi_heads.register_forward_pre_hook(lambda _, given: kept.append([given[1:3]])),
        model.roi_heads.box_predictor.register_forward_hook(lambda _, __, out: kept[-1].append(out)),
    ]
    best, found_at = -1, 0.0
    with torch.no_grad():
        for image in pictures:
            model([image])
        for step in range(200, 0, -1):  # from few detections to many, which take long
            background = torch.zeros(kept[0][1][0].shape[1])
            background[0] = step / 10
            scores = [model.roi_heads.postprocess_detections(logits + background, deltas, *regions)[1][0] for regions, (logits, deltas) in kept]
            if max(map(len, scores)) > 50:
                break
            if min(map(len, scores)) < 3:
                continue
            if min(map(margin, scores)) > best:
                best, found_at = min(map(margin, scores)), step / 10
        model.roi_heads.box_predictor.cls_score.bias[0] += found_at
    for hook in hooks:
        hook.remove()
    if best < 0:
        print(f"{NAME}: these images differ too much for weights that find something in each; the order may hang on rounding", flush=True)
    else:
        print(f"{NAME}: scores at least {best:.1e} apart with a start of {found_at} for the background", flush=True)


def scaled(pictures):
    torch.manual_seed(0)
    model = create()
    norms = [module for module in model.modules() if isinstance(module, BATCH_NORM)]
    for norm in norms:
        torch.nn.init.uniform_(norm.weight, 0.5, 1.5)
        torch.nn.init.normal_(norm.bias, 0, 0.1)
        norm.momentum = None
        norm.train()
    with torch.no_grad():
        model(pictures)  # the running statistics are those of these images
    model.eval()
    head, predictor = model.rpn.head, model.roi_heads.box_predictor
    spread(model, pictures, {head.cls_logits: 1.5, head.bbox_pred: 0.3})
    make_alike(model, pictures, predictor.cls_score)
    spread(model, pictures, {predictor.cls_score: 2.0, predictor.bbox_pred: 1.0})
    set_apart(model, pictures)
    if hasattr(model.roi_heads, "mask_predictor") and model.roi_heads.mask_predictor is not None:
        spread(model, pictures, {model.roi_heads.mask_predictor.mask_fcn_logits: 2.0})
    return model


def lists(found):
    return {name: found[name].tolist() for name in ("boxes", "labels", "scores")}


def losses_of(model, stem, image, found):
    """
    The losses for objects where detections are, the mask of each the ellipse in its box: FOLDER/I.objects.json and I.objects.u1. The
    samplers take every anchor and every region, so that nothing is left to chance.
    """
    height, width = image.shape[1:]
    boxes = found["boxes"][:5].round() + torch.tensor([0, 0, 1, 1])
    ys, xs = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    masks = torch.stack([((2 * xs - x1 - x2) / (x2 - x1)) ** 2 + ((2 * ys - y1 - y2) / (y2 - y1)) ** 2 < 1 for x1, y1, x2, y2 in boxes]).byte()
    labels = found["labels"][:5]
    masks.numpy().tofile(FOLDER / f"{stem}.objects.u1")
    (FOLDER / f"{stem}.objects.json").write_text(json.dumps({"boxes": boxes.tolist(), "labels": labels.tolist()}))
    samplers = [model.rpn.fg_bg_sampler, model.roi_heads.fg_bg_sampler]
    kept = [sampler.batch_size_per_image for sampler in samplers]
    for sampler in samplers:
        sampler.batch_size_per_image = 100000
    state = {name: value.clone() for name, value in model.state_dict().items()}
    model.train()
    if not NAME.endswith("_v2"):  # whose norms alone are not frozen
        for module in model.modules():
            if isinstance(module, BATCH_NORM):
                module.eval()
    with torch.no_grad():
        losses = model([image], [{"boxes": boxes, "labels": labels, "masks": masks}])
    model.load_state_dict(state)
    model.eval()
    for sampler, count in zip(samplers, kept):
        sampler.batch_size_per_image = count
    return {name: loss.item() for name, loss in losses.items()}


def make():
    model = scaled([image for _, image in images()])
    torch.save(model.state_dict(), FOLDER / "weights.pth")
    kept = {}
    model.backbone.register_forward_hook(lambda _, __, out: kept.update(maps=list(out.values())))
    model.rpn.head.register_forward_hook(lambda _, __, out: kept.update(logits=out[0]))
    double = create()
    double.load_state_dict(model.state_dict())
    double.double()
    for stem, image in images():
        with torch.no_grad():
            (found,), (exact,) = model([image]), double([image.double()])
        # What hangs on the rounding of single precision cannot be asked of anybody.
        stable = found["labels"].tolist() == exact["labels"].tolist()
        tensors = [(f"map{i}", each) for i, each in enumerate(kept["maps"])] + [(f"logits{i}", each) for i, each in enumerate(kept["logits"])]
        for name, each in tensors:
            each.permute(0, 2, 3, 1).contiguous().numpy().astype("<f4").tofile(FOLDER / f"{stem}.{name}.f32")
        shapes = {name: [each.shape[0], *each.shape[2:], each.shape[1]] for name, each in tensors}
        if "masks" in found:
            found["masks"][:, 0].contiguous().numpy().astype("<f4").tofile(FOLDER / f"{stem}.masks.f32")
        losses = losses_of(model, stem, image, found)
        (FOLDER / f"{stem}.expected.json").write_text(json.dumps({"shapes": shapes, "stable": stable, "losses": losses, **lists(found)}))


def safetensors(path):
    data = path.read_bytes()
    begin = 8 + struct.unpack("<Q", data[:8])[0]
    return {
        name: torch.from_numpy(numpy.frombuffer(data[begin + each["data_offsets"][0]:begin + each["data_offsets"][1]], "<f4").reshape(each["shape"]).copy())
        for name, each in json.loads(data[8:begin]).items() if name != "__metadata__"
    }


def check():
    model = create()
    model.load_state_dict(safetensors(FOLDER / "export.safetensors"), strict=True)
    for stem, image in images():
        expected = json.loads((FOLDER / f"{stem}.expected.json").read_text())
        with torch.no_grad():
            found = lists(model([image])[0])
        same = all(found[name] == expected[name] for name in found)
        print(f"{stem}: {'the same' if same else 'OTHER'} detections")
        if not same:
            sys.exit(1)


{"make": make, "check": check}[MODE]()
