import { checkDetections, checkGroundTruth } from '../check-inputs.ts';
import type { ImageDetections } from '../detections.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';
import { boxOverlaps, type OverlapsOf } from './image-overlaps.ts';

/** What is right or wrong with a detection (Bolya et al. 2020, §2.2). */
export type DetectionOutcome =
  /** It found an object. */
  | 'correct'
  /** Right place, wrong class: it overlaps an object of another class by the foreground threshold or more. */
  | 'classification'
  /** Right class, wrong place: it overlaps an object of its class, but by less. */
  | 'localisation'
  /** Wrong class and wrong place. */
  | 'both'
  /** Its object has been found by a detection that scores higher. */
  | 'duplicate'
  /** It overlaps nothing by more than the background threshold. */
  | 'background'
  /** It counts neither way: in a crowd or a difficult object, or beyond the number of detections that an image may have. */
  | 'ignored';

/** What became of an image's detections and objects. */
export interface ImageErrors {
  readonly image: string | number;
  /** One entry for each detection, in the order given. */
  readonly outcomes: readonly DetectionOutcome[];
  /** The object that each detection found, or would find without its error; −1 where there is none. */
  readonly objects: Int32Array;
  /** Objects, not crowds or difficult ones, that no detection found, as numbers in the image's ground truth. */
  readonly unfound: readonly number[];
  /** Those of `unfound` that no detection would find if it were put right: wholly missed. */
  readonly missed: readonly number[];
  /** Detections that would find an object nobody found if they were put right; of several, the best of each object. */
  readonly repairable: readonly number[];
}

/** How {@link classifyDetections} and {@link tideErrors} measure. */
export interface ErrorOptions {
  /** The IoU from which an object is found. */
  readonly foreground?: number;
  /** The IoU up to which there is nothing but background. */
  readonly background?: number;
  /** How many detections an image may have in all, best first. */
  readonly maxDetections?: number;
}

/**
 * Says of every detection what is wrong with it, by TIDE's rule (Bolya et al. 2020, "TIDE: A General Toolbox for
 * Identifying Object Detection Errors", §2.2): the first that applies of localisation, classification, duplicate,
 * background, both. Detections take the free object of their class that they overlap most, best score first.
 * @throws RangeError if an input is malformed or a detection's image is not in the ground truth
 */
export function classifyDetections(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  options: ErrorOptions = {},
): ImageErrors[] {
  return classifyWith(boxOverlaps, 'classifyDetections', groundTruth, detections, options);
}

/** {@link classifyDetections} by any measure of overlap. */
export function classifyWith(
  overlapsOf: OverlapsOf,
  caller: string,
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  { foreground = 0.5, background = 0.1, maxDetections = 100 }: ErrorOptions,
): ImageErrors[] {
  if (!(background > 0 && background < foreground && foreground <= 1)) {
    throw new RangeError(`${caller}: expected 0 < background < foreground <= 1, got ${background} and ${foreground}`);
  }
  checkDetections(caller, detections, checkGroundTruth(caller, groundTruth));
  const foundIn = new Map(detections.map((entry) => [entry.image, entry]));
  return groundTruth.map((truth) => {
    const found = foundIn.get(truth.image) ?? { image: truth.image, boxes: [], labels: [], scores: [] };
    return classifyImage(overlapsOf, truth, found, foreground, background, maxDetections);
  });
}

function classifyImage(
  overlapsOf: OverlapsOf,
  truth: ImageGroundTruth,
  found: ImageDetections,
  foreground: number,
  background: number,
  maxDetections: number,
): ImageErrors {
  const places = Array.from({ length: truth.labels.length }, (_, g) => g);
  const ignorable = (g: number): boolean => Boolean(truth.crowd?.[g]) || Boolean(truth.difficult?.[g]);
  const wanted = places.filter((g) => !ignorable(g));
  const regions = places.filter(ignorable);
  const order = Array.from({ length: found.labels.length }, (_, d) => d)
    .sort((a, b) => found.scores[b] - found.scores[a] || a - b)
    .slice(0, maxDetections);
  const G = wanted.length;
  const iou = overlapsOf(truth, wanted, found, order);
  const inside = overlapsOf(truth, regions, found, order);
  const sameClass = (i: number, j: number): boolean => found.labels[order[i]] === truth.labels[wanted[j]];
  /** The object with the highest overlap among some, the first of equals; 0 where all have none. */
  const highest = (i: number, among: (j: number) => boolean): { j: number; overlap: number } => {
    let [best, overlap] = [0, 0];
    for (let j = 0; j < G; j++) if (iou[i * G + j] > overlap && among(j)) [best, overlap] = [j, iou[i * G + j]];
    return { j: best, overlap };
  };

  const finder = new Int32Array(G).fill(-1);
  const outcomes = new Array<DetectionOutcome>(found.labels.length).fill('ignored');
  const objects = new Int32Array(found.labels.length).fill(-1);
  order.forEach((d, i) => {
    const { j, overlap } = highest(i, (k) => sameClass(i, k) && finder[k] < 0);
    if (G === 0 || overlap < foreground) return;
    finder[j] = d;
    outcomes[d] = 'correct';
    objects[d] = wanted[j];
  });
  const repairer = new Int32Array(G).fill(-1);
  order.forEach((d, i) => {
    const swallowed = (g: number, r: number): boolean =>
      truth.labels[g] === found.labels[d] && inside[i * regions.length + r] > foreground;
    if (outcomes[d] === 'correct' || regions.some(swallowed)) return;
    const [own, other] = [highest(i, (j) => sameClass(i, j)), highest(i, (j) => !sameClass(i, j))];
    const localisation = G > 0 && own.overlap >= background && own.overlap <= foreground;
    const classification = !localisation && G > 0 && other.overlap >= foreground;
    if (localisation || classification) {
      const { j } = localisation ? own : other;
      outcomes[d] = localisation ? 'localisation' : 'classification';
      objects[d] = wanted[j];
      if (finder[j] < 0 && repairer[j] < 0) repairer[j] = d;
    } else if (own.overlap >= foreground) {
      outcomes[d] = 'duplicate';
      objects[d] = wanted[highest(i, (j) => sameClass(i, j) && finder[j] >= 0).j];
    } else {
      outcomes[d] = Math.max(own.overlap, other.overlap) <= background ? 'background' : 'both';
    }
  });
  return {
    image: truth.image,
    outcomes,
    objects,
    unfound: wanted.filter((_, j) => finder[j] < 0),
    missed: wanted.filter((_, j) => finder[j] < 0 && repairer[j] < 0),
    repairable: [...repairer].filter((d) => d >= 0),
  };
}
