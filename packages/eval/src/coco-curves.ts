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
  const [A, M, N, C] = [curves.areaRanges.length, maxDetections.length, detections.scores.length, matches.contenders.length];
  const wrongBefore = new Int32Array(C);
  const envelope = new Float64Array(C);
  for (let a = 0; a < A; a++) {
    const positives = matches.positives[a];
    if (positives === 0) continue;
    const excused = matches.excused.subarray(a * N, (a + 1) * N);
    for (let m = 0; m < M; m++) {
      countWrong(matches, excused, maxDetections[m], wrongBefore);
      for (let t = 0; t < T; t++) {
        const outcomes = matches.outcomes.subarray((a * T + t) * C, (a * T + t + 1) * C);
        const found = precisionAtTruePositives(outcomes, wrongBefore, envelope);
        recall[((t * K + k) * A + a) * M + m] = found / positives;
        for (let r = 0, i = 0; r < R; r++) {
          while (i < found && (i + 1) / positives < recallThresholds[r]) i++;
          precision[(((t * R + r) * K + k) * A + a) * M + m] = i < found ? envelope[i] : 0;
        }
      }
    }
  }
}

/**
 * Writes how many detections that are no contenders count as wrong before each contender to `wrongBefore`; −1 for a
 * contender that itself is beyond the limit.
 */
function countWrong({ contenders, ranks }: ClassMatches, excused: Uint8Array, limit: number, wrongBefore: Int32Array): void {
  for (let c = 0, d = 0, wrong = 0; c < contenders.length; c++, d++) {
    for (; d < contenders[c]; d++) {
      if (ranks[d] < limit && excused[d] === 0) wrong++;
    }
    wrongBefore[c] = ranks[d] < limit ? wrong : -1;
  }
}

/** Writes the highest precision at the i-th true positive or later to `envelope[i]`; returns how many there are. */
function precisionAtTruePositives(outcomes: Uint8Array, wrongBefore: Int32Array, envelope: Float64Array): number {
  let found = 0;
  let wrong = 0;
  for (let c = 0; c < outcomes.length; c++) {
    if (wrongBefore[c] < 0) continue;
    if (outcomes[c] === FALSE_POSITIVE) {
      wrong++;
    } else if (outcomes[c] === TRUE_POSITIVE) {
      found++;
      // The COCO API guards against 0 / 0 so, and its figures carry the trace in their last digit.
      envelope[found - 1] = found / (found + wrong + wrongBefore[c] + Number.EPSILON);
    }
  }
  for (let i = found - 2; i >= 0; i--) {
    if (envelope[i] < envelope[i + 1]) envelope[i] = envelope[i + 1];
  }
  return found;
}
