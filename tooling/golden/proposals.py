"""Golden values of @rcnn/proposals: OpenCV's colour conversions, graph segmentation and selective search (contrib)."""

import base64
import hashlib
import json
import pathlib

import cv2
import numpy

ROOT = pathlib.Path(__file__).parents[2]
TARGET = ROOT / "packages/proposals/src/fixtures/opencv.json"
WIDTH, HEIGHT = 96, 72
WORD = 0xFFFFFFFF
cv2.setNumThreads(1)


def scene():
    """Rectangles and discs of flat colours with noise over them; `scene` of testing/scene.ts."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    image = numpy.empty((HEIGHT, WIDTH, 3), numpy.int64)
    image[:] = (70, 110, 160)
    image[:, :, 0] += y
    image[40:] = (90, 130, 60)
    for cx, cy, r, colour in ((24, 30, 15, (200, 60, 50)), (66, 24, 12, (230, 210, 90)), (70, 28, 5, (40, 40, 90))):
        image[(x - cx) ** 2 + (y - cy) ** 2 < r * r] = colour
    image[48:66, 40:84] = (150, 150, 155)
    image[52:60, 46:58] = (30, 60, 150)
    i = numpy.arange(image.size, dtype=numpy.uint64)
    z = ((i ^ i >> 16) * 0x85EBCA6B) & WORD
    z = ((z ^ z >> 13) * 0xC2B2AE35) & WORD
    noise = ((z ^ z >> 16) % 13).astype(numpy.int64).reshape(image.shape) - 6
    return numpy.clip(image + noise, 0, 255).astype(numpy.uint8)


def packed(array, dtype):
    return base64.b64encode(numpy.ascontiguousarray(array, dtype).tobytes()).decode()


def all_colours():
    i = numpy.arange(1 << 24, dtype=numpy.uint32)
    return numpy.stack([i >> 16 & 255, i >> 8 & 255, i & 255], -1).astype(numpy.uint8).reshape(4096, 4096, 3)


def sample(converted):
    """Every 16411th colour, a prime, so that all bytes occur in each channel."""
    return packed(converted.reshape(1 << 24, -1)[::16411], "u1")


def digest(labels):
    return hashlib.sha256(numpy.ascontiguousarray(labels, "<i4").tobytes()).hexdigest()[:16]


def segmentations(image):
    spaces = {
        "rgb": image,
        "hsv": cv2.cvtColor(image, cv2.COLOR_RGB2HSV),
        "lab": cv2.cvtColor(image, cv2.COLOR_RGB2Lab),
        "gray": cv2.cvtColor(image, cv2.COLOR_RGB2GRAY),
    }
    for space, stack in spaces.items():
        for sigma, k, min_size in ((0.5, 300, 100), (0.8, 50, 20), (0.8, 150, 10), (1.2, 400, 30)):
            labels = cv2.ximgproc.segmentation.createGraphSegmentation(sigma, k, min_size).processImage(stack)
            yield {"space": space, "sigma": sigma, "k": k, "minSize": min_size, "count": int(labels.max()) + 1, "labels": digest(labels)}


def selective_search(image, mode):
    search = cv2.ximgproc.segmentation.createSelectiveSearchSegmentation()
    search.setBaseImage(numpy.ascontiguousarray(image[:, :, ::-1]))
    getattr(search, {"single": "switchToSingleStrategy", "fast": "switchToSelectiveSearchFast"}[mode])()
    return sorted([int(x), int(y), int(x + w), int(y + h)] for x, y, w, h in search.process())


image = scene()
colours = all_colours()
contents = {
    "source": f"OpenCV {cv2.__version__} with contrib",
    "scene": hashlib.sha256(image.tobytes()).hexdigest(),
    "colours": {
        "gray": sample(cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)),
        "hsv": sample(cv2.cvtColor(colours, cv2.COLOR_RGB2HSV)),
        "hsv-256": sample(cv2.cvtColor(colours, cv2.COLOR_RGB2HSV_FULL)),
        "lab": sample(cv2.cvtColor(colours, cv2.COLOR_RGB2Lab)),
    },
    "segmentations": list(segmentations(image)),
    "selectiveSearch": {mode: selective_search(image, mode) for mode in ("single", "fast")},
}
TARGET.parent.mkdir(exist_ok=True)
TARGET.write_text(json.dumps(contents) + "\n")
print(TARGET.relative_to(ROOT), TARGET.stat().st_size, "bytes")

# Digests of the segmentations and boxes of real photographs, where they are: no photograph goes into the repository.
photos = ROOT.parent / "shared/data/voc-sample/JPEGImages"
if photos.exists():
    digests = {}
    for name in ("2007_000032.jpg", "2007_000332.jpg", "2007_001585.jpg"):
        photo = cv2.cvtColor(cv2.imread(str(photos / name)), cv2.COLOR_BGR2RGB)
        hsv, lab = cv2.cvtColor(photo, cv2.COLOR_RGB2HSV), cv2.cvtColor(photo, cv2.COLOR_RGB2Lab)
        boxes = selective_search(photo, "single")
        digests[name] = {
            "pixels": hashlib.sha256(photo.tobytes()).hexdigest()[:16],
            "rgb": digest(cv2.ximgproc.segmentation.createGraphSegmentation(0.5, 300, 100).processImage(photo)),
            "hsv": digest(cv2.ximgproc.segmentation.createGraphSegmentation(0.8, 150, 100).processImage(hsv)),
            "lab": digest(cv2.ximgproc.segmentation.createGraphSegmentation(0.8, 300, 100).processImage(lab)),
            "boxes": len(boxes),
            "single": digest(boxes),
        }
    photos_target = TARGET.with_name("opencv-photos.json")
    photos_target.write_text(json.dumps({"source": contents["source"], "photos": digests}, indent=1) + "\n")
    print(photos_target.relative_to(ROOT), photos_target.stat().st_size, "bytes")
