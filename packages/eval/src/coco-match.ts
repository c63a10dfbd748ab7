import type { ClassProblem } from './class-problem.ts';
import { crowdBoxIou } from './crowd-box-iou.ts';
import type { AreaRange } from './coco-options.ts';

/** A detection that found nothing. */
export const FALSE_POSITIVE = 0;
/** A detection that found an object. */
export const TRUE_POSITIVE = 1;
/** A detection that counts neither way: it found a crowd or an object out of the area range, or nothing and is itself out. */
export const IGNORED = 2;

/** Which detections of a class found something. N detections in descending order of score. */
export interface ClassMatches {
  /** {@link FALSE_POSITIVE}, {@link TRUE_POSITIVE} or {@link IGNORED}. [A area ranges, T IoU thresholds, N], row-major */
  readonly outcomes: Uint8Array;
  /** How many detections of the same image and class score higher. [N] */
  readonly ranks: Int32Array;
  /** How many objects there are to find. [A] */
  readonly positives: Int32Array;
}

/**
 * Matches the detections of a class to its ground truth (COCO API, `evaluateImg`): in descending order of score each
 * takes the free box it overlaps most (the last of equals), if the IoU is at least the threshold. Boxes to be ignored, that is
 * crowds and those out of the area range, are taken only for want of others, and a crowd stays free.
 */
export function cocoMatch(
  problem: ClassProblem,
  iouThresholds: readonly number[],
  areaRanges: readonly AreaRange[],
  mostDetections: number,
): ClassMatches {
  const { groundTruth, detections } = problem;
  const { start, crowd } = groundTruth;
  const [A, T, N] = [areaRanges.length, iouThresholds.length, detections.scores.length];
  // The COCO API lowers a threshold of 1 by as much, so that equal boxes match in spite of rounding.
  const thresholds = Float64Array.from(iouThresholds, (threshold) => Math.min(threshold, 1 - 1e-10));
  const lowest = thresholds.reduce((least, threshold) => Math.min(least, threshold), Infinity);
  const outcomes = new Uint8Array(A * T * N);
  const positives = new Int32Array(A);
  const { ranks, byImage, first } = groupByImage(detections.image, start.length - 1);
  const outOfRange = areaRanges.map(({ min, max }) => ({
    groundTruth: Uint8Array.from(groundTruth.area, (area) => (area < min || area > max ? 1 : 0)),
    detections: Uint8Array.from(detections.boxArea, (area) => (area < min || area > max ? 1 : 0)),
  }));
  const largest = start.reduce((most, from, i) => Math.max(most, i > 0 ? from - start[i - 1] : 0), 0);
  const iou = new Float64Array(largest);
  const order = new Int32Array(largest);
  const candidates = new Int32Array(largest);
  const taken = new Uint8Array(T * largest);

  /** The box that a detection takes among the first `count` candidates, or −1. */
  const choose = (t: number, count: number, counting: number): number => {
    let best = -1;
    let highest = thresholds[t];
    for (let c = 0; c < count; c++) {
      const i = candidates[c];
      if (best >= 0 && best < counting && i >= counting) break;
      if (iou[i] < highest || (taken[t * largest + i] && !crowd[order[i]])) continue;
      highest = iou[i];
      best = i;
    }
    return best;
  };
  const matchImage = (image: number, a: number): void => {
    const { groundTruth: boxOut, detections: detectionOut } = outOfRange[a];
    const [from, to] = [start[image], start[image + 1]];
    // Boxes that count come first, in the order given; then those to be ignored.
    let counting = 0;
    for (let g = from; g < to; g++) if (!crowd[g] && !boxOut[g]) order[counting++] = g;
    for (let g = from, i = counting; g < to; g++) if (crowd[g] || boxOut[g]) order[i++] = g;
    positives[a] += counting;
    taken.fill(0);
    for (let p = first[image]; p < first[image + 1] && p - first[image] < mostDetections; p++) {
      const d = byImage[p];
      crowdBoxIou(problem, d, order, to - from, iou);
      let count = 0;
      for (let i = 0; i < to - from; i++) if (iou[i] >= lowest) candidates[count++] = i;
      for (let t = 0; t < T; t++) {
        const best = choose(t, count, counting);
        if (best >= 0) taken[t * largest + best] = 1;
        const found = best >= 0 && best < counting;
        const ignored = best >= counting || (best < 0 && detectionOut[d] === 1);
        outcomes[(a * T + t) * N + d] = found ? TRUE_POSITIVE : ignored ? IGNORED : FALSE_POSITIVE;
      }
    }
  };
  for (let image = 0; image + 1 < start.length; image++) for (let a = 0; a < A; a++) matchImage(image, a);
  return { outcomes, ranks, positives };
}

/** Detections image by image, best first: those of image i are `byImage[first[i]]` up to `byImage[first[i + 1] − 1]`. */
function groupByImage(image: Int32Array, imageCount: number): { ranks: Int32Array; byImage: Int32Array; first: Int32Array } {
  const first = new Int32Array(imageCount + 1);
  for (const i of image) first[i + 1]++;
  for (let i = 0; i < imageCount; i++) first[i + 1] += first[i];
  const ranks = new Int32Array(image.length);
  const byImage = new Int32Array(image.length);
  const filled = new Int32Array(imageCount);
  for (let d = 0; d < image.length; d++) {
    ranks[d] = filled[image[d]]++;
    byImage[first[image[d]] + ranks[d]] = d;
  }
  return { ranks, byImage, first };
}
