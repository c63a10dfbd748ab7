import type { Rle } from '@rcnn/geometry';

/**
 * What there is to find in one image. The arrays run in parallel, one entry a box; labels are 1…K, 0 being background.
 * Boxes are `[x1, y1, x2, y2]`, continuous image pixels; any array of numbers will do, so that figures computed in
 * double precision stay exact.
 */
export interface ImageGroundTruth {
  /** What the image is called; {@link ImageDetections} refers to it. */
  readonly image: string | number;
  /** N boxes as 4N numbers. */
  readonly boxes: ArrayLike<number>;
  /** N class labels, integers from 1. */
  readonly labels: ArrayLike<number>;
  /** Pascal VOC: boxes that need not be found; finding one counts neither way. None where absent. */
  readonly difficult?: ArrayLike<number | boolean>;
  /** COCO: boxes around a crowd, each of which may swallow any number of detections. None where absent. */
  readonly crowd?: ArrayLike<number | boolean>;
  /** COCO: areas of the objects (of their masks) in pixels², which decide small, medium, large. `boxArea` where absent. */
  readonly area?: ArrayLike<number>;
  /** Areas of the boxes in pixels², where known more exactly than from the corners: COCO files state width and height. */
  readonly boxArea?: ArrayLike<number>;
  /** N masks of the image's size, for the measures of masks. */
  readonly masks?: readonly Rle[];
  /**
   * K keypoints of each box as 3NK numbers, `[x, y, v]` each, for the measure of keypoints: v = 0 not labelled, 1 hidden, 2 visible. An object
   * without a labelled one need not be found.
   */
  readonly keypoints?: ArrayLike<number>;
}
