import { pasteMask, pasteMaskRle, rleArea, type Size } from '@rcnn/geometry';
import type { Task } from '../task.ts';

/** What {@link paste} is told. */
export interface PasteInput {
  readonly probabilities: Float32Array; // [m, m]
  /** `[x1, y1, x2, y2]` */
  readonly box: readonly number[];
  /** Of the image. */
  readonly size: Size;
  readonly threshold: number;
}

/** A mask laid into the image: the probability of each pixel, and how many are above the threshold. */
export interface PasteOutput {
  readonly pasted: Float32Array;
  readonly area: number;
}

/** Lays an m × m mask into its box (Mask R-CNN, §3.1, inference). */
export const paste: Task<PasteInput, PasteOutput> = ({ probabilities, box, size: { width, height }, threshold }) => ({
  pasted: pasteMask(probabilities, box, height, width),
  area: rleArea(pasteMaskRle(probabilities, box, height, width, { threshold })),
});
