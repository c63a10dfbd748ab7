import type { Boxes, Keypoints, Rle } from '@rcnn/geometry';

/** The objects of an image and what else a detector learns from, in the image's own pixels; labels 1…K. */
export interface Objects {
  readonly boxes: Boxes; // [N, 4]
  readonly labels: Int32Array; // [N]
  /** The objects' masks, of the image's size, for a detector that learns them; undefined for an object that has none. */
  readonly masks?: readonly (Rle | undefined)[]; // [N]
  /** The objects' keypoints [N, K, 3], for a detector that learns them; v = 0 throughout for an object that has none. */
  readonly keypoints?: Keypoints;
  /** Regions that may hold an object, for a detector that does not propose any itself. */
  readonly proposals?: Boxes; // [P, 4]
}
