import type { ClassProblem } from './class-problem.ts';
import type { AreaRange } from './coco-options.ts';
import type { ImageIou } from './image-iou.ts';
import { groupByImage } from './group-by-image.ts';
import { overlappingPairs, type Pairs } from './overlapping-pairs.ts';

/** A detection that found nothing. */
export const FALSE_POSITIVE = 0;
/** A detection that found an object. */
export const TRUE_POSITIVE = 1;
/** A detection that counts neither way: it found a crowd or an object out of the area range, or nothing and is itself out. */
export const IGNORED = 2;

/** Which detections of a class found something. N detections in descending order of score; A area ranges, T IoU thresholds. */
export interface ClassMatches {
  /** Those that overlap anything by the lowest threshold or more, C of them, ascending. All others found nothing. [C] */
  readonly contenders: Int32Array;
  /** {@link FALSE_POSITIVE}, {@link TRUE_POSITIVE} or {@link IGNORED} for each contender. [A, T, C], row-major */
  readonly outcomes: Uint8Array;
  /** 1 where a detection that finds nothing is ignored. [A, N], row-major */
  readonly excused: Uint8Array;
  /** How many detections of the same image and class score higher. [N] */
  readonly ranks: Int32Array;
  /** How many objects there are to find. [A] */
  readonly positives: Int32Array;
}

/** What {@link cocoMatch} needs besides the problem. */
export interface CocoMatchOptions {
  readonly iouOf: ImageIou;
  readonly iouThresholds: readonly number[];
  readonly areaRanges: readonly AreaRange[];
  /** Detections an image may have of the class. */
  readonly mostDetections: number;
  /** LVIS: 1 for images that are not annotated throughout, where what finds nothing is ignored. */
  readonly notExhaustive?: Uint8Array;
  /** Keypoints: 1 for objects that need not be found; unlike a crowd, each of them swallows one detection only. */
  readonly optional?: Uint8Array;
}

/**
 * Matches the detections of a class to its ground truth (COCO API, `evaluateImg`): in descending order of score each
 * takes the free object it overlaps most (the last of equals), if the IoU is at least the threshold. Objects to be ignored,
 * that is crowds, those out of the area range and those that need not be found, are taken only for want of others, and a crowd stays free.
 */
export function cocoMatch(problem: ClassProblem, options: CocoMatchOptions): ClassMatches {
  const { iouThresholds, areaRanges, notExhaustive, optional } = options;
  const { start, crowd, area } = problem.groundTruth;
  const { image: imageOf, scores, area: detectionArea } = problem.detections;
  const [A, T, N, images] = [areaRanges.length, iouThresholds.length, scores.length, start.length - 1];
  // The COCO API lowers a threshold of 1 by as much, so that equal boxes match in spite of rounding.
  const thresholds = Float64Array.from(iouThresholds, (threshold) => Math.min(threshold, 1 - 1e-10));
  const excused = new Uint8Array(A * N);
  const ignored = new Uint8Array(A * area.length);
  const positives = new Int32Array(A);
  areaRanges.forEach(({ min, max }, a) => {
    for (let d = 0; d < N; d++) {
      if (detectionArea[d] < min || detectionArea[d] > max || notExhaustive?.[imageOf[d]] === 1) excused[a * N + d] = 1;
    }
    for (let g = 0; g < area.length; g++) {
      if (crowd[g] || optional?.[g] === 1 || area[g] < min || area[g] > max) ignored[a * area.length + g] = 1;
      else positives[a]++;
    }
  });

  const pairs = overlappingPairs(problem, groupByImage(imageOf, images), options);
  const C = pairs.contenders.length;
  const outcomes = new Uint8Array(A * T * C);
  const taken = new Uint8Array(area.length);
  for (let a = 0; a < A; a++) {
    const out = ignored.subarray(a * area.length, (a + 1) * area.length);
    const forgiven = excused.subarray(a * N, (a + 1) * N);
    for (let t = 0; t < T; t++) {
      taken.fill(0);
      matchPairs(pairs, thresholds[t], crowd, out, forgiven, taken, outcomes.subarray((a * T + t) * C, (a * T + t + 1) * C));
    }
  }
  return { contenders: pairs.contenders, outcomes, excused, ranks: pairs.ranks, positives };
}

/** One pass over the contenders, at one threshold and one range. */
function matchPairs(
  { contenders, rows, from, object, iou }: Pairs,
  threshold: number,
  crowd: Uint8Array,
  ignored: Uint8Array,
  excused: Uint8Array,
  taken: Uint8Array,
  outcomes: Uint8Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    let best = -1;
    let highest = threshold;
    let bestIgnored = -1;
    let highestIgnored = threshold;
    for (let p = from[i]; p < from[i + 1]; p++) {
      const g = object[p];
      const overlap = iou[p];
      if (overlap < threshold) continue;
      if (ignored[g] === 0) {
        if (overlap >= highest && taken[g] === 0) {
          best = g;
          highest = overlap;
        }
      } else if (overlap >= highestIgnored && (taken[g] === 0 || crowd[g] === 1)) {
        bestIgnored = g;
        highestIgnored = overlap;
      }
    }
    const c = rows[i];
    if (best >= 0) {
      taken[best] = 1;
      outcomes[c] = TRUE_POSITIVE;
    } else if (bestIgnored >= 0) {
      taken[bestIgnored] = 1;
      outcomes[c] = IGNORED;
    } else {
      outcomes[c] = excused[contenders[c]] === 1 ? IGNORED : FALSE_POSITIVE;
    }
  }
}
