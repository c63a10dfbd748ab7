import type { ImageDetections } from '../detections.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';
import { classifyWith } from './classify-detections.ts';
import { boxOverlaps } from './image-overlaps.ts';

/** Detections whose scores lie close together. */
export interface CalibrationBin {
  /** The scores from `from` up to, not including, `to`; the last bin includes 1. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean score; NaN in an empty bin. */
  readonly confidence: number;
  /** The part of the detections that found an object; NaN in an empty bin. */
  readonly precision: number;
}

/** What {@link calibration} finds. */
export interface Calibration {
  /** The reliability curve: precision over confidence. */
  readonly bins: readonly CalibrationBin[];
  /** Expected calibration error, `Σ_b n_b / n · |precision_b − confidence_b|`; NaN where there is no detection. */
  readonly ece: number;
  /** The largest difference of any bin; NaN where there is no detection. */
  readonly mce: number;
}

/**
 * Whether scores can be read as probabilities (Guo et al. 2017, "On Calibration of Modern Neural Networks", §2; of
 * detections, Küppers et al. 2020): scores in bins of equal width, and how many of each bin found an object of their class.
 * Detections inside crowds and difficult objects are left out.
 * @param options `binCount`: how many bins; `iouThreshold`: the IoU from which an object is found
 * @throws RangeError if an input is malformed, or a score is not from 0 to 1
 */
export function calibration(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  { binCount = 10, iouThreshold = 0.5 }: { readonly binCount?: number; readonly iouThreshold?: number } = {},
): Calibration {
  if (!(Number.isInteger(binCount) && binCount > 0)) throw new RangeError(`calibration: expected a binCount from 1, got ${binCount}`);
  const options = { foreground: iouThreshold, background: iouThreshold / 2, maxDetections: Infinity };
  const images = classifyWith(boxOverlaps, 'calibration', groundTruth, detections, options);
  const foundIn = new Map(detections.map((entry) => [entry.image, entry.scores]));
  const sums = Array.from({ length: binCount }, () => ({ count: 0, score: 0, correct: 0 }));
  for (const { image, outcomes } of images) {
    const scores = foundIn.get(image) ?? [];
    outcomes.forEach((outcome, d) => {
      if (!(scores[d] >= 0 && scores[d] <= 1)) {
        throw new RangeError(`calibration: detections of image ${JSON.stringify(image)}: expected scores from 0 to 1, got ${scores[d]} at ${d}`);
      }
      if (outcome === 'ignored') return;
      const bin = sums[Math.min(binCount - 1, Math.floor(scores[d] * binCount))];
      bin.count++;
      bin.score += scores[d];
      if (outcome === 'correct') bin.correct++;
    });
  }
  const bins = sums.map(({ count, score, correct }, b) => ({
    ...{ from: b / binCount, to: (b + 1) / binCount, count },
    ...{ confidence: score / count, precision: correct / count },
  }));
  const filled = bins.filter(({ count }) => count > 0);
  const total = filled.reduce((sum, { count }) => sum + count, 0);
  const gaps = filled.map(({ precision, confidence }) => Math.abs(precision - confidence));
  return {
    bins,
    ece: filled.length === 0 ? NaN : gaps.reduce((sum, gap, i) => sum + gap * filled[i].count, 0) / total,
    mce: filled.length === 0 ? NaN : Math.max(...gaps),
  };
}
