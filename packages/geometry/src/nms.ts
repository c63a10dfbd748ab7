import { boxCount, type Boxes } from './boxes.ts';
import { createKeptBoxes } from './kept-boxes.ts';
import { scoreOrder } from './score-order.ts';

/** Options of {@link nms} and of `batchedNms`. */
export interface NmsOptions {
  /** A box is suppressed if its IoU with a kept box is above this; from 0 to 1. */
  readonly threshold?: number;
  /** How many boxes to keep at most. */
  readonly limit?: number;
}

/**
 * Greedy non-maximum suppression (R-CNN, section 2.2): from the highest score to the lowest, keeps each box whose IoU with
 * every box kept before it is at most `threshold`.
 *
 * IoU is computed in float32 and `threshold` is not rounded, both as in torchvision's operator, so the decisions are the
 * same: an IoU equal to the threshold keeps the box, but the float32 nearest to .3 is a little above .3 (`Math.fround(0.3)`
 * as the threshold keeps boxes of that IoU).
 * @returns the indices of the boxes kept, by decreasing score; among equal scores the lower index comes first
 * @throws RangeError if there is not one score a box, or `threshold` is not within 0 … 1
 */
export function nms(boxes: Boxes, scores: Float32Array, options: NmsOptions = {}): Uint32Array {
  return suppress('nms', boxes, scores, new Int32Array(scores.length), options);
}

/**
 * {@link nms} for each class apart: a box is suppressed by kept boxes of its own label only. `limit` counts the boxes of all
 * classes.
 * @returns the indices of the boxes kept, by decreasing score over all classes; among equal scores the lower index first
 * @throws RangeError if there are not one score and one label a box, or `threshold` is not within 0 … 1
 */
export function batchedNms(boxes: Boxes, scores: Float32Array, labels: Int32Array, options: NmsOptions = {}): Uint32Array {
  return suppress('batchedNms', boxes, scores, labels, options);
}

function suppress(
  caller: string,
  boxes: Boxes,
  scores: Float32Array,
  labels: Int32Array,
  { threshold = 0.5, limit = Infinity }: NmsOptions,
): Uint32Array {
  const count = boxCount(boxes);
  if (scores.length !== count || labels.length !== count) {
    throw new RangeError(`${caller}: expected a score and a label a box, got ${count} boxes, ${scores.length} scores, ${labels.length} labels`);
  }
  if (!(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(`${caller}: expected a threshold from 0 to 1, got ${threshold}`);
  }
  const order = scoreOrder(scores);
  const kept = createKeptBoxes(boxes, labels, threshold);
  let keptCount = 0;
  for (let at = 0; at < count && keptCount < limit; at++) {
    const i = order[at];
    if (kept.keep(i)) {
      order[keptCount++] = i; // never ahead of what is still to be read
    }
  }
  return order.slice(0, keptCount);
}
