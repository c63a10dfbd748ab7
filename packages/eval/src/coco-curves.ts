import type { ClassProblem } from './class-problem.ts';
import { FALSE_POSITIVE, TRUE_POSITIVE, type ClassMatches } from './coco-match.ts';
import type { AreaRange } from './coco-options.ts';

/**
 * Precision and recall of every class under every condition. Lengths: T IoU thresholds, R recall thresholds, K labels,
 * A area ranges, M numbers of detections. NaN where a class has nothing to find in a range.
 */
export interface CocoCurves {
  readonly iouThresholds: readonly number[];
  readonly recallThresholds: readonly number[];
  readonly labels: readonly number[];
  readonly areaRanges: readonly AreaRange[];
  readonly maxDetections: readonly number[];
  /** Highest precision at that recall or above. [T, R, K, A, M], row-major */
  readonly precision: Float64Array;
  /** Highest recall reached. [T, K, A, M], row-major */
  readonly recall: Float64Array;
}

/** Empty curves, all NaN. */
export function createCocoCurves(axes: Omit<CocoCurves, 'precision' | 'recall'>): CocoCurves {
  const { iouThresholds, recallThresholds, labels, areaRanges, maxDetections } = axes;
  const conditions = iouThresholds.length * labels.length * areaRanges.length * maxDetections.length;
  return {
    ...axes,
    precision: new Float64Array(conditions * recallThresholds.length).fill(NaN),
    recall: new Float64Array(conditions).fill(NaN),
  };
}

/**
 * Fills in class number `k` (COCO API, `accumulate`). Precision only falls between two true positives, so its upper
 * envelope is made from the true positives alone.
 */
export function fillCocoCurves(curves: CocoCurves, k: number, { detections }: ClassProblem, matches: ClassMatches): void {
  const { iouThresholds, recallThresholds, maxDetections, precision, recall } = curves;
  const [T, R, K] = [iouThresholds.length, recallThresholds.length, curves.labels.length];
  const [A, M, N] = [curves.areaRanges.length, maxDetections.length, detections.scores.length];
  const envelope = new Float64Array(N);
  for (let a = 0; a < A; a++) {
    const positives = matches.positives[a];
    if (positives === 0) continue;
    for (let t = 0; t < T; t++) {
      const outcomes = matches.outcomes.subarray((a * T + t) * N, (a * T + t + 1) * N);
      for (let m = 0; m < M; m++) {
        const found = precisionAtTruePositives(outcomes, matches.ranks, maxDetections[m], envelope);
        recall[((t * K + k) * A + a) * M + m] = found / positives;
        for (let r = 0, i = 0; r < R; r++) {
          while (i < found && (i + 1) / positives < recallThresholds[r]) i++;
          precision[(((t * R + r) * K + k) * A + a) * M + m] = i < found ? envelope[i] : 0;
        }
      }
    }
  }
}

/** Writes the highest precision at the i-th true positive or later to `envelope[i]`; returns how many there are. */
function precisionAtTruePositives(outcomes: Uint8Array, ranks: Int32Array, limit: number, envelope: Float64Array): number {
  let found = 0;
  let wrong = 0;
  for (let d = 0; d < outcomes.length; d++) {
    if (ranks[d] >= limit) continue;
    if (outcomes[d] === FALSE_POSITIVE) {
      wrong++;
    } else if (outcomes[d] === TRUE_POSITIVE) {
      found++;
      // The COCO API guards against 0 / 0 so, and its figures carry the trace in their last digit.
      envelope[found - 1] = found / (found + wrong + Number.EPSILON);
    }
  }
  for (let i = found - 2; i >= 0; i--) envelope[i] = Math.max(envelope[i], envelope[i + 1]);
  return found;
}
