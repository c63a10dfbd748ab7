import { boxArea } from './box-area.ts';
import { boxCount, type Boxes } from './boxes.ts';
import { pairIou } from './pair-iou.ts';

/** The boxes that a Soft-NMS returns, by decreasing decayed score. */
export interface SoftNmsResult {
  /** Which boxes, as indices into those given. */
  readonly indices: Uint32Array;
  /** The decayed score of each of them. */
  readonly scores: Float32Array;
}

/** Options of {@link softNmsLinear}. */
export interface SoftNmsLinearOptions {
  /** Scores decay where the IoU is above this; from 0 to 1. */
  readonly threshold?: number;
  /** A box whose score is, or falls, below this is dropped. */
  readonly scoreThreshold?: number;
  /** How many boxes to return at most. */
  readonly limit?: number;
}

/** Options of {@link softNmsGaussian}. */
export interface SoftNmsGaussianOptions {
  /** The width of the Gaussian; above 0. */
  readonly sigma?: number;
  /** A box whose score is, or falls, below this is dropped. */
  readonly scoreThreshold?: number;
  /** How many boxes to return at most. */
  readonly limit?: number;
}

/**
 * Soft-NMS with linear decay (Bodla et al. 2017, section 3): takes the box of highest score and multiplies the score of each
 * remaining box by `1 - IoU` where the IoU with it is above `threshold`; then takes the next, until none is left.
 * @throws RangeError if there is not one score a box, or `threshold` is not within 0 … 1
 */
export function softNmsLinear(
  boxes: Boxes,
  scores: Float32Array,
  { threshold = 0.3, scoreThreshold = 0.001, limit = Infinity }: SoftNmsLinearOptions = {},
): SoftNmsResult {
  if (!(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(`softNmsLinear: expected a threshold from 0 to 1, got ${threshold}`);
  }
  return softNms('softNmsLinear', boxes, scores, scoreThreshold, limit, (iou) => (iou > threshold ? 1 - iou : 1));
}

/**
 * Soft-NMS with Gaussian decay (Bodla et al. 2017, section 3): as {@link softNmsLinear}, but the score of every remaining box
 * is multiplied by `exp(-IoU² / sigma)`.
 * @throws RangeError if there is not one score a box, or `sigma` is not above 0
 */
export function softNmsGaussian(
  boxes: Boxes,
  scores: Float32Array,
  { sigma = 0.5, scoreThreshold = 0.001, limit = Infinity }: SoftNmsGaussianOptions = {},
): SoftNmsResult {
  if (!(sigma > 0)) {
    throw new RangeError(`softNmsGaussian: expected a sigma above 0, got ${sigma}`);
  }
  return softNms('softNmsGaussian', boxes, scores, scoreThreshold, limit, (iou) => Math.exp((-iou * iou) / sigma));
}

function softNms(
  caller: string,
  boxes: Boxes,
  scores: Float32Array,
  scoreThreshold: number,
  limit: number,
  decay: (iou: number) => number,
): SoftNmsResult {
  const count = boxCount(boxes);
  if (scores.length !== count) {
    throw new RangeError(`${caller}: expected one score a box, got ${scores.length} scores for ${count} boxes`);
  }
  const areas = boxArea(boxes);
  const decayed = Float64Array.from(scores);
  // The first `taken` are the result so far, those from there to `end` remain, in ascending order of index.
  const indices = Uint32Array.from(decayed.keys()).filter((i) => decayed[i] >= scoreThreshold);
  let end = indices.length;
  let taken = 0;
  while (taken < end && taken < limit) {
    let best = taken;
    for (let at = taken + 1; at < end; at++) {
      best = decayed[indices[at]] > decayed[indices[best]] ? at : best;
    }
    const chosen = indices[best];
    indices.copyWithin(taken + 1, taken, best);
    indices[taken++] = chosen;
    let remaining = taken;
    for (let at = taken; at < end; at++) {
      const i = indices[at];
      const iou = pairIou(boxes, areas, chosen, boxes, areas, i);
      if (iou > 0) {
        decayed[i] *= decay(iou);
      }
      if (decayed[i] >= scoreThreshold) {
        indices[remaining++] = i;
      }
    }
    end = remaining;
  }
  const result = indices.slice(0, taken);
  return { indices: result, scores: Float32Array.from(result, (i) => decayed[i]) };
}
