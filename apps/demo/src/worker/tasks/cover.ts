import { asBoxes, boxIou, type Boxes } from '@rcnn/geometry';
import type { Task } from '../task.ts';

/** What {@link cover} is told. */
export interface CoverInput {
  /** By decreasing rank. */
  readonly proposals: Boxes;
  /** The box that ought to be found. */
  readonly object: readonly number[];
}

/** How well the first 1, 2, 3 … proposals cover an object. */
export interface CoverOutput {
  /** The greatest IoU of the object with one of the proposals up to here. */
  readonly best: Float32Array;
  /** Which proposal that is. */
  readonly which: Int32Array;
}

/** Coverage of an object by ranked proposals: the running maximum of IoU. */
export const cover: Task<CoverInput, CoverOutput> = ({ proposals, object }) => {
  const best = boxIou(asBoxes(object), proposals);
  const which = Int32Array.from(best.keys());
  for (let i = 1; i < best.length; i++) {
    if (best[i] > best[i - 1]) continue;
    best[i] = best[i - 1];
    which[i] = which[i - 1];
  }
  return { best, which };
};
