"""torchvision's side of tooling/parity/torchvision.ts, which starts it twice, and of masks.ts and keypoints.ts.

make NAME FOLDER    a detector of torchvision's with random weights, scaled so that it finds something: FOLDER/weights.pth, and
                    for each FOLDER/I.rgb the maps of its pyramid, its objectness logits and its detections
check NAME FOLDER   loads FOLDER/export.safetensors strictly and expects the same detections
"""

import json
import math
import pathlib
import struct
import sys

import numpy
import torch
import torchvision
from torchvision.models.detection import roi_heads

MODE, NAME, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
BATCH_NORM = torch.nn.BatchNorm2d
ENOUGH = 1.5e-3  # between scores, where what is agreed on is 1e-3
DRAWS = 60  # of the classes' weights, at most


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


def margin(found):
    """How far the scores lie from each other and from the threshold."""
    scores = torch.cat([found, torch.tensor([0.05])])
    return (scores[:-1] - scores[1:]).min().item()


def draw_classes(features, predictor):
    """
    Random weights of the classes whose logits have the mean 0 and the standard deviation 2, class by class; of twenty times as many
    the ones whose highest logits differ least from image to image, so that one start for the background finds some objects in each.
    """
    count, size = predictor.cls_score.weight.shape
    weight = torch.randn(20 * count, size)
    means = torch.stack([each.mean(0) for each in features])
    basis = torch.linalg.qr((means - means.mean(0))[1:].T)[0]
    weight -= weight @ basis @ basis.T
    logits = torch.cat(features) @ weight.T
    scale = 2 / logits.std(0)
    highest = torch.stack([(each @ weight.T).topk(30, 0).values[[0, 2, 9, 29]] * scale for each in features])
    chosen = (highest.max(0).values - highest.min(0).values).sum(0).argsort()[:count]
    predictor.cls_score.weight.copy_((weight * scale[:, None])[chosen])
    predictor.cls_score.bias.copy_(-(logits.mean(0) * scale)[chosen])


def set_apart(model, pictures):
    """
    Draws the weights of the classes, and the start of the background, until few detections are left and their scores lie
    further apart than what is agreed on: those of other random weights would differ by less than rounding does.
    """
    heads, kept = model.roi_heads, []
    predictor = heads.box_predictor
    hooks = [
        heads.register_forward_pre_hook(lambda _, given: kept.append([given[1:3]])),
        predictor.register_forward_hook(lambda _, given, out: kept[-1].extend([given[0], out[1]])),
    ]
    for image in pictures:
        model([image])
    for hook in hooks:
        hook.remove()
    best, chosen = -1, None
    for draw in range(DRAWS):
        draw_classes([features for _, features, _ in kept], predictor)
        logits = [predictor.cls_score(features) for _, features, _ in kept]
        for step in range(80, 0, -1):  # from few detections to many, which take long
            background = torch.zeros(logits[0].shape[1])
            background[0] = step / 4
            if min(((each + background).softmax(1)[:, 1:] > 0.05).sum() for each in logits) < 3:
                continue
            scores = [heads.postprocess_detections(each + background, deltas, *regions)[1][0] for each, (regions, _, deltas) in zip(logits, kept)]
            if max(map(len, scores)) > 50:
                break
            if min(map(len, scores)) >= 3 and min(map(margin, scores)) > best:
                best = min(map(margin, scores))
                chosen = predictor.cls_score.weight.clone(), predictor.cls_score.bias + background
        if best > ENOUGH:
            break
    if chosen is None:
        sys.exit(f"{NAME}: these images differ too much for weights that find something in each")
    predictor.cls_score.weight.copy_(chosen[0])
    predictor.cls_score.bias.copy_(chosen[1])
    print(f"{NAME}: scores at least {best:.1e} apart", flush=True)


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
    spread(model, pictures, {predictor.bbox_pred: 1.0})
    with torch.no_grad():
        set_apart(model, pictures)
    if getattr(model.roi_heads, "mask_predictor", None) is not None:
        spread(model, pictures, {model.roi_heads.mask_predictor.mask_fcn_logits: 2.0})
    if getattr(model.roi_heads, "keypoint_predictor", None) is not None:
        spread(model, pictures, {model.roi_heads.keypoint_predictor.kps_score_lowres: 2.0})
    return model


def lists(found):
    return {name: found[name].tolist() for name in ("boxes", "labels", "scores")}


def losses_of(model, stem, image, found):
    """
    The losses for objects where detections are, the mask of each the ellipse in its box and its keypoints along a diagonal:
    FOLDER/I.objects.json and I.objects.u1. The samplers take every anchor and every region, so that nothing is left to chance.
    """
    height, width = image.shape[1:]
    boxes = found["boxes"][:5]  # not rounded: two anchors would be equally far from whole numbers, and rounding say which is matched
    ys, xs = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    masks = torch.stack([((2 * xs - x1 - x2) / (x2 - x1)) ** 2 + ((2 * ys - y1 - y2) / (y2 - y1)) ** 2 < 1 for x1, y1, x2, y2 in boxes]).byte()
    labels = found["labels"][:5]
    masks.numpy().tofile(FOLDER / f"{stem}.objects.u1")
    along = torch.linspace(0.031, 0.967, 17)[:, None]  # of the box, on no border of two cells
    keypoints = torch.stack([torch.cat([(1 - along) * box[:2] + along * box[2:], (torch.arange(17) % 3)[:, None].float()], 1) for box in boxes])
    (FOLDER / f"{stem}.objects.json").write_text(json.dumps({"boxes": boxes.tolist(), "labels": labels.tolist(), "keypoints": keypoints.tolist()}))
    samplers = [model.rpn.fg_bg_sampler, model.roi_heads.fg_bg_sampler]
    kept = [sampler.batch_size_per_image for sampler in samplers]
    for sampler in samplers:
        sampler.batch_size_per_image = 1000000
    sizes, model.transform.min_size = model.transform.min_size, model.transform.min_size[-1:]  # one size in training too
    state = {name: value.clone() for name, value in model.state_dict().items()}
    model.train()
    if not NAME.endswith("_v2"):  # whose norms alone are not frozen
        for module in model.modules():
            if isinstance(module, BATCH_NORM):
                module.eval()
    with torch.no_grad():
        losses = model([image], [{"boxes": boxes, "labels": labels, "masks": masks, "keypoints": keypoints}])
    model.load_state_dict(state)
    model.eval()
    model.transform.min_size = sizes
    for sampler, count in zip(samplers, kept):
        sampler.batch_size_per_image = count
    return {name: loss.item() for name, loss in losses.items()}


def reaches(model, image):
    """
    How far from each keypoint, in pixels of the image along either axis, another pixel of its map lies that is lower by no more than
    a hundredth of what scores are: that much of random weights' maps hangs on rounding.
    """
    given, original = [], roi_heads.heatmaps_to_keypoints
    roi_heads.heatmaps_to_keypoints = lambda maps, boxes: given.append((maps, boxes)) or original(maps, boxes)
    with torch.no_grad():
        model([image])
    roi_heads.heatmaps_to_keypoints = original
    ((maps, boxes),) = given
    near = 0.01 * original(maps, boxes)[1].square().mean().sqrt()
    pixel = image.shape[2] / model.transform([image])[0].image_sizes[0][1]
    found = []
    for heatmaps, (x1, y1, x2, y2) in zip(maps, boxes):
        size = [max(1, math.ceil(y2 - y1)), max(1, math.ceil(x2 - x1))]
        resized = torch.nn.functional.interpolate(heatmaps[:, None], size=size, mode="bicubic", align_corners=False)[:, 0]
        places = [((each >= each.max() - near).nonzero() - torch.tensor(divmod(each.argmax().item(), size[1]))).abs().max().item() for each in resized]
        found.append([place * pixel for place in places])
    return found


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
        poses = {name: found[name].tolist() for name in ("keypoints", "keypoints_scores") if name in found}
        if poses:
            poses["keypoints_reach"] = reaches(model, image)
        losses = losses_of(model, stem, image, found)
        (FOLDER / f"{stem}.expected.json").write_text(json.dumps({"shapes": shapes, "stable": stable, "losses": losses, **lists(found), **poses}))


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
