import { asBoxes, boxIou } from '@rcnn/geometry';
import type { Task } from '../task.ts';

/** Two boxes, `[x1, y1, x2, y2]` each. */
export interface BoxPair {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** The intersection over union of two boxes. */
export const boxOverlap: Task<BoxPair, number> = ({ first, second }) => boxIou(asBoxes(first), asBoxes(second))[0];
