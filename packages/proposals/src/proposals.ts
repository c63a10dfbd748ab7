import type { Boxes } from '@rcnn/geometry';

/** Boxes in which an object may be, the most promising first. */
export interface Proposals {
  readonly boxes: Boxes;
  /** Of each box, descending; what they mean is up to the method that made them. */
  readonly scores: Float32Array;
}
