import type { Rle } from '@rcnn/geometry';

/**
 * What a detector found in one image, in any order. The arrays run in parallel, one entry a detection; boxes and labels
 * are as in {@link ImageGroundTruth}.
 */
export interface ImageDetections {
  /** The image's name in the ground truth. An image of the ground truth without an entry here has no detections. */
  readonly image: string | number;
  /** N boxes as 4N numbers. */
  readonly boxes: ArrayLike<number>;
  /** N class labels, integers from 1. */
  readonly labels: ArrayLike<number>;
  /** N scores; higher is more certain. Only their order within a class matters. */
  readonly scores: ArrayLike<number>;
  /** Areas of the boxes in pixels², where known more exactly than from the corners: COCO files state width and height. */
  readonly boxArea?: ArrayLike<number>;
  /** N masks of the image's size, for the measures of masks. */
  readonly masks?: readonly Rle[];
  /** K keypoints of each as 3NK numbers, `[x, y, v]` each, for the measure of keypoints, which passes over v. */
  readonly keypoints?: ArrayLike<number>;
  /** COCO: areas in pixels², which decide small, medium, large; those of what is measured, boxes or masks, where absent. */
  readonly area?: ArrayLike<number>;
}
