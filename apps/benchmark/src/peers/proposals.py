"""OpenCV's selective search (contrib), on one thread."""

import ctypes
import sys

try:
    import cv2
    import numpy

    segmentation = cv2.ximgproc.segmentation
except (ImportError, AttributeError):
    sys.exit(3)

from peer import serve

cv2.setNumThreads(1)
libc = ctypes.CDLL(None)


def selective_search(image, mode, seed):
    """Boxes as rows x1, y1, x2, y2, in OpenCV's order, which C's `rand` decides."""
    bgr = numpy.ascontiguousarray(image[:, :, ::-1].astype(numpy.uint8))
    strategy = {"fast": "switchToSelectiveSearchFast", "quality": "switchToSelectiveSearchQuality"}[mode]

    def run():
        libc.srand(seed)
        search = segmentation.createSelectiveSearchSegmentation()
        search.setBaseImage(bgr)
        getattr(search, strategy)()
        boxes = numpy.asarray(search.process())
        boxes[:, 2:] += boxes[:, :2]
        return boxes

    return run


serve(f"OpenCV {cv2.__version__}", {"selectiveSearch": selective_search})
