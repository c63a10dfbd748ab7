import { boxIou, nms, softNmsGaussian, softNmsLinear, type Boxes } from '@rcnn/geometry';
import type { Task } from '../task.ts';

/** How overlapping boxes are dealt with: left out, or their scores lowered. */
export type SuppressionKind = 'nms' | 'linear' | 'gaussian';

/** What {@link suppress} is told. */
export interface SuppressInput {
  readonly boxes: Boxes;
  readonly scores: Float32Array;
  readonly kind: SuppressionKind;
  readonly threshold: number;
}

/** One step: the best box left is kept, and what that does to the others. */
export interface SuppressionStep {
  readonly kept: number;
  /** The score it is kept with; lower than its own where Soft-NMS lowered it. */
  readonly score: number;
  /** Boxes that leave in this step, and their IoU with the kept one. */
  readonly left: readonly { readonly index: number; readonly iou: number }[];
  /** The scores of all boxes after this step, 0 for those that have left. */
  readonly scores: Float32Array;
}

/** The Gaussian's width, and the score below which Soft-NMS drops a box. */
const [sigma, scoreThreshold] = [0.5, 0.05];

/**
 * Greedy non-maximum suppression step by step. Which boxes are kept, and in what order, is `@rcnn/geometry`'s answer; what each
 * step does to the others follows from their IoU with the kept box.
 */
export const suppress: Task<SuppressInput, SuppressionStep[]> = ({ boxes, scores, kind, threshold }) => {
  const iou = boxIou(boxes, boxes);
  const answer = keep({ boxes, scores, kind, threshold });
  const now = Float64Array.from(scores, (score) => (kind !== 'nms' && score < scoreThreshold ? 0 : score));
  const waiting = new Set([...now.keys()].filter((i) => now[i] > 0));
  return Array.from(answer.indices, (kept, step) => {
    waiting.delete(kept);
    const left: { index: number; iou: number }[] = [];
    for (const index of waiting) {
      const overlap = iou[kept * scores.length + index];
      now[index] *= factor(overlap, kind, threshold);
      if (now[index] > (kind === 'nms' ? 0 : scoreThreshold)) continue;
      now[index] = 0;
      waiting.delete(index);
      left.push({ index, iou: overlap });
    }
    return { kept, score: answer.scores[step], left, scores: Float32Array.from(now) };
  });
};

function keep({ boxes, scores, kind, threshold }: SuppressInput): { indices: Uint32Array; scores: Float32Array } {
  switch (kind) {
    case 'nms': {
      const indices = nms(boxes, scores, { threshold });
      return { indices, scores: Float32Array.from(indices, (i) => scores[i]) };
    }
    case 'linear':
      return softNmsLinear(boxes, scores, { threshold, scoreThreshold });
    case 'gaussian':
      return softNmsGaussian(boxes, scores, { sigma, scoreThreshold });
  }
}

/** What a kept box multiplies the score of another by (Bodla et al. 2017, section 3; for NMS: equation 1 there). */
function factor(iou: number, kind: SuppressionKind, threshold: number): number {
  switch (kind) {
    case 'nms':
      return iou > threshold ? 0 : 1;
    case 'linear':
      return iou > threshold ? 1 - iou : 1;
    case 'gaussian':
      return Math.exp((-iou * iou) / sigma);
  }
}
