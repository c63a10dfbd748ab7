import type { ImageDetections } from '../detections.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';
import { splitByClass } from '../class-problem.ts';
import { boxOverlaps } from './image-overlaps.ts';
import { vocMatch } from '../voc-match.ts';

/** Why a false positive is one (Hoiem et al. 2012, §2.2). */
export const falsePositiveNames = ['localisation', 'similar', 'other', 'background'] as const;

/** One of {@link falsePositiveNames}. */
export type FalsePositiveName = (typeof falsePositiveNames)[number];

/** The detections of one class, in three ways. */
export interface FalsePositiveBreakdown {
  readonly label: number;
  /** Objects to find. */
  readonly positives: number;
  /** How many of the best detections are looked at: as many as there are objects, or all there are. */
  readonly considered: number;
  readonly truePositives: number;
  /** Of those looked at, false positives by kind. */
  readonly counts: Readonly<Record<FalsePositiveName, number>>;
  /** Each false positive of the class, best first, however many are looked at. */
  readonly kinds: readonly FalsePositiveName[];
}

/** How {@link falsePositiveBreakdown} measures. */
export interface FalsePositiveOptions {
  /** Groups of labels that resemble each other, as COCO's supercategories; nothing does where absent. */
  readonly similar?: readonly (readonly number[])[];
  /** The IoU from which an object is found. */
  readonly foreground?: number;
  /** The IoU from which a false positive has to do with an object. */
  readonly background?: number;
}

/**
 * Why the best detections of each class are wrong (Hoiem, Chodpathumwan and Dai 2012, "Diagnosing Error in Object
 * Detectors", §2.2). A false positive is a matter of `localisation` if it overlaps an object of its class by `background` or
 * more, duplicates among them; else of confusion with a `similar` or any `other` class if it so overlaps an object of one;
 * else of `background`. As many detections are looked at as the class has objects.
 * @throws RangeError if an input is malformed or a detection's image is not in the ground truth
 */
export function falsePositiveBreakdown(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  { similar = [], foreground = 0.5, background = 0.1 }: FalsePositiveOptions = {},
): FalsePositiveBreakdown[] {
  const foundIn = new Map(detections.map((entry) => [entry.image, entry]));
  return splitByClass('falsePositiveBreakdown', groundTruth, detections).map((problem) => {
    const { label } = problem;
    const alike = new Set(similar.filter((group) => group.includes(label)).flat());
    const ignorable = problem.groundTruth.difficult.map((flag, g) => flag | problem.groundTruth.crowd[g]);
    const positives = ignorable.reduce((sum, flag) => sum + 1 - flag, 0);
    const counts: Record<FalsePositiveName, number> = { localisation: 0, similar: 0, other: 0, background: 0 };
    const kinds: FalsePositiveName[] = [];
    let [considered, truePositives] = [0, 0];
    const outcomes = vocMatch({ ...problem, groundTruth: { ...problem.groundTruth, difficult: ignorable } }, foreground, 0);
    outcomes.forEach((outcome, position) => {
      const truth = groundTruth[problem.detections.image[position]];
      const found = foundIn.get(truth.image);
      const d = problem.detections.index[position];
      if (outcome === 'ignored' || found === undefined || (outcome === 'false positive' && isSwallowed(truth, found, d, foreground))) return;
      const within = considered < positives;
      if (within) considered++;
      if (outcome === 'true positive') {
        if (within) truePositives++;
        return;
      }
      const kind = kindOf(truth, found, d, alike, background);
      kinds.push(kind);
      if (within) counts[kind]++;
    });
    return { label, positives, considered, truePositives, counts, kinds };
  });
}

/** Whether a detection lies in a crowd or difficult object of its class. */
function isSwallowed(truth: ImageGroundTruth, found: ImageDetections, d: number, foreground: number): boolean {
  const regions = Array.from({ length: truth.labels.length }, (_, g) => g).filter(
    (g) => truth.labels[g] === found.labels[d] && (truth.crowd?.[g] || truth.difficult?.[g]),
  );
  return boxOverlaps(truth, regions, found, [d]).some((overlap) => overlap > foreground);
}

function kindOf(truth: ImageGroundTruth, found: ImageDetections, d: number, alike: ReadonlySet<number>, background: number): FalsePositiveName {
  const objects = Array.from({ length: truth.labels.length }, (_, g) => g).filter((g) => !truth.crowd?.[g] && !truth.difficult?.[g]);
  const iou = boxOverlaps(truth, objects, found, [d]);
  const touched = new Set(objects.filter((_, i) => iou[i] >= background).map((g) => truth.labels[g]));
  if (touched.has(found.labels[d])) return 'localisation';
  if ([...touched].some((label) => alike.has(label))) return 'similar';
  return touched.size > 0 ? 'other' : 'background';
}
