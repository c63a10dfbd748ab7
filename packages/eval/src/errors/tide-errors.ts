import type { ImageDetections } from '../detections.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';
import { withMaskAreas } from '../mask-iou.ts';
import { classifyWith, type ErrorOptions, type ImageErrors } from './classify-detections.ts';
import { boxOverlaps, maskOverlaps } from './image-overlaps.ts';
import { interpolatedPrecision } from './interpolated-precision.ts';

/** The six errors of TIDE, in its order: `Cls`, `Loc`, `Both`, `Dupe`, `Bkg`, `Miss`. */
export const tideErrorNames = ['classification', 'localisation', 'both', 'duplicate', 'background', 'missed'] as const;

/** One of {@link tideErrorNames}. */
export type TideErrorName = (typeof tideErrorNames)[number];

/** What {@link tideErrors} finds. Average precisions are 0 … 1. */
export interface TideErrors {
  /** Mean average precision at the foreground threshold, over the classes that occur; NaN where there is none. */
  readonly ap: number;
  /** How much higher it would be if all errors of one kind were put right, and the others left: ΔAP, not below 0. */
  readonly deltaAP: Readonly<Record<TideErrorName, number>>;
  /** How many errors of each kind there are. */
  readonly counts: Readonly<Record<TideErrorName, number>>;
  /** ΔAP if no detection were wrong. */
  readonly falsePositives: number;
  /** ΔAP if nothing were missed. */
  readonly falseNegatives: number;
  /** What each figure rests on, image by image in the order of the ground truth. */
  readonly images: readonly ImageErrors[];
}

/** A detection with what putting it right would make of it. */
interface Point {
  readonly label: number;
  readonly score: number;
  readonly error: TideErrorName | undefined;
  /** The class in which it would be correct; undefined where it would be left out. */
  readonly repaired: number | undefined;
}

/**
 * Where average precision is lost (Bolya et al. 2020, "TIDE", §2; equal to tidecv's rule): each kind of error is put right
 * in turn. A misplaced or misclassified detection becomes correct if it is the best for an object nobody found, and is
 * left out otherwise; duplicates and detections of background are left out; missed objects need not be found.
 * @throws RangeError if an input is malformed or a detection's image is not in the ground truth
 */
export function tideErrors(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  options: ErrorOptions = {},
): TideErrors {
  const images = classifyWith(boxOverlaps, 'tideErrors', groundTruth, detections, options);
  return tideOf(groundTruth, detections, images);
}

/**
 * {@link tideErrors} by the IoU of masks.
 * @throws RangeError as it does, and if an entry has no masks or those of an image differ in size
 */
export function tideMaskErrors(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  options: ErrorOptions = {},
): TideErrors {
  const [wanted, found] = [withMaskAreas('tideMaskErrors', groundTruth), withMaskAreas('tideMaskErrors', detections)];
  return tideOf(groundTruth, detections, classifyWith(maskOverlaps, 'tideMaskErrors', wanted, found, options));
}

/** {@link tideErrors} from detections classified before. */
function tideOf(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  images: readonly ImageErrors[],
): TideErrors {
  const foundIn = new Map(detections.map((entry) => [entry.image, entry]));
  const points: Point[] = [];
  const positives = new Map<number, number>();
  const unfound = new Map<number, number>();
  const missed = new Map<number, number>();
  const add = (counts: Map<number, number>, label: number): void => void counts.set(label, (counts.get(label) ?? 0) + 1);
  images.forEach((image, i) => {
    const { labels, crowd, difficult } = groundTruth[i];
    for (let g = 0; g < labels.length; g++) if (!crowd?.[g] && !difficult?.[g]) add(positives, labels[g]);
    for (const g of image.unfound) add(unfound, labels[g]);
    for (const g of image.missed) add(missed, labels[g]);
    const found = foundIn.get(image.image);
    if (found !== undefined) points.push(...pointsOf(image, found, labels));
  });

  // Order decides between equal scores. As tidecv has it: errors first wherever something is put right.
  const wrongFirst = [...points.filter(({ error }) => error !== undefined), ...points.filter(({ error }) => error === undefined)];
  const ap = meanPrecision(points, positives);
  const without = (name: TideErrorName): number => {
    const repaired = wrongFirst.flatMap((point) =>
      point.error !== name ? [point] : point.repaired === undefined ? [] : [{ ...point, label: point.repaired, error: undefined }],
    );
    const wanted = name === 'missed' ? difference(positives, missed) : positives;
    return Math.max(0, meanPrecision(repaired, wanted) - ap);
  };
  const perfect = wrongFirst.map((point) => ({ ...point, score: point.error === undefined ? 1 : 0 }));
  const total = (name: TideErrorName): number =>
    name === 'missed' ? [...missed.values()].reduce((sum, n) => sum + n, 0) : points.filter(({ error }) => error === name).length;
  const each = (of: (name: TideErrorName) => number): Record<TideErrorName, number> =>
    Object.fromEntries(tideErrorNames.map((name) => [name, of(name)])) as Record<TideErrorName, number>;
  return {
    ap,
    deltaAP: each(without),
    counts: each(total),
    falsePositives: meanPrecision(perfect, positives) - ap,
    falseNegatives: meanPrecision(wrongFirst, difference(positives, unfound)) - ap,
    images,
  };
}

/** The detections of an image that count, best first. */
function pointsOf({ outcomes, objects, repairable }: ImageErrors, { labels, scores }: ImageDetections, wanted: ArrayLike<number>): Point[] {
  const repairs = new Set(repairable);
  return Array.from(outcomes.keys())
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .flatMap((d) => {
      const outcome = outcomes[d];
      if (outcome === 'ignored') return [];
      const error = outcome === 'correct' ? undefined : outcome;
      return [{ label: labels[d], score: scores[d], error, repaired: repairs.has(d) ? wanted[objects[d]] : undefined }];
    });
}

/** Mean over the classes that have points or something to find. */
function meanPrecision(points: readonly Point[], positives: ReadonlyMap<number, number>): number {
  const byLabel = new Map<number, { score: number; correct: boolean }[]>();
  for (const [label, count] of positives) if (count > 0) byLabel.set(label, []);
  for (const { label, score, error } of points) {
    const own = byLabel.get(label) ?? [];
    byLabel.set(label, own);
    own.push({ score, correct: error === undefined });
  }
  let sum = 0;
  for (const [label, own] of byLabel) sum += interpolatedPrecision(own, positives.get(label) ?? 0);
  return sum / byLabel.size;
}

function difference(counts: ReadonlyMap<number, number>, less: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...counts].map(([label, count]) => [label, count - (less.get(label) ?? 0)]));
}
