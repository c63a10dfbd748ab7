import { checkDetections, checkGroundTruth } from '../check-inputs.ts';
import { splitByClass, type ClassProblem } from '../class-problem.ts';
import { cocoCurvesOf } from '../coco.ts';
import type { CocoCurves } from '../coco-curves.ts';
import { cocoAreaRanges, cocoIouThresholds, type AreaRange } from '../coco-options.ts';
import { curveMeans } from '../curve-means.ts';
import type { ImageDetections } from '../detections.ts';
import { crowdBoxIou, type ImageIou } from '../image-iou.ts';
import { crowdMaskIou, withMaskAreas } from '../mask-iou.ts';
import type { LvisFrequency, LvisImageGroundTruth } from './lvis-ground-truth.ts';

/** How {@link evaluateLvis} measures. */
export interface LvisOptions {
  /** Of each class, label 1 first; without them, `APr`, `APc` and `APf` are NaN. */
  readonly frequencies?: readonly LvisFrequency[];
  /** How many detections an image may have in all, best first: 300. */
  readonly maxDetections?: number;
  readonly iouThresholds?: readonly number[];
  readonly areaRanges?: readonly AreaRange[];
}

/** The figures of LVIS, each 0 … 1, or NaN where there is nothing to find. */
export interface LvisEvaluation {
  /** Average precision: over all, at IoU .5 and .75, of small, medium and large objects. */
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  readonly APs: number;
  readonly APm: number;
  readonly APl: number;
  /** Average precision of rare, common and frequent classes. */
  readonly APr: number;
  readonly APc: number;
  readonly APf: number;
  /** Average recall: over all, of small, medium and large objects. */
  readonly AR: number;
  readonly ARs: number;
  readonly ARm: number;
  readonly ARl: number;
  readonly curves: CocoCurves;
}

/**
 * The measure of LVIS, of boxes (Gupta, Dollár and Girshick 2019, §2.2; LVIS API, `LVISEval`): COCO's, with up to 300
 * detections an image in all. What an image is not annotated for does not count: detections of a class that is neither
 * among its objects nor among its `negativeLabels` are left out, and those of a class that is not annotated throughout
 * are ignored where they find nothing.
 * @throws RangeError as {@link evaluateCoco}
 */
export function evaluateLvis(
  groundTruth: readonly LvisImageGroundTruth[],
  detections: readonly ImageDetections[],
  options: LvisOptions = {},
): LvisEvaluation {
  return evaluateWith('evaluateLvis', groundTruth, detections, () => crowdBoxIou, options);
}

/**
 * {@link evaluateLvis} of masks.
 * @throws RangeError as {@link evaluateCocoMasks}
 */
export function evaluateLvisMasks(
  groundTruth: readonly LvisImageGroundTruth[],
  detections: readonly ImageDetections[],
  options: LvisOptions = {},
): LvisEvaluation {
  const [wanted, found] = [withMaskAreas('evaluateLvisMasks', groundTruth), withMaskAreas('evaluateLvisMasks', detections)];
  const iouBetween = (kept: ReadonlyMap<string | number, ImageDetections>) => (problem: ClassProblem): ImageIou => crowdMaskIou(problem, wanted, kept);
  return evaluateWith('evaluateLvisMasks', wanted, found, iouBetween, options);
}

function evaluateWith(
  caller: string,
  groundTruth: readonly LvisImageGroundTruth[],
  detections: readonly ImageDetections[],
  iouBetween: (kept: ReadonlyMap<string | number, ImageDetections>) => (problem: ClassProblem) => ImageIou,
  { frequencies = [], maxDetections = 300, iouThresholds = cocoIouThresholds, areaRanges = cocoAreaRanges }: LvisOptions,
): LvisEvaluation {
  checkDetections(caller, detections, checkGroundTruth(caller, groundTruth));
  const foundIn = new Map(detections.map((entry) => [entry.image, entry]));
  const kept = groundTruth.flatMap((truth) => {
    const found = foundIn.get(truth.image);
    return found === undefined ? [] : [keepJudged(truth, found, maxDetections)];
  });
  const iouOf = iouBetween(new Map(kept.map((entry) => [entry.image, entry])));
  const exceptionsOf = ({ label }: ClassProblem): { notExhaustive: Uint8Array } => ({
    notExhaustive: Uint8Array.from(groundTruth, ({ notExhaustiveLabels }) => (notExhaustiveLabels.includes(label) ? 1 : 0)),
  });
  const options = { iouThresholds, areaRanges, maxDetections: [maxDetections] };
  const { curves } = cocoCurvesOf(caller, splitByClass(caller, groundTruth, kept), iouOf, options, exceptionsOf);
  const { precision, recall } = curveMeans(curves, curves.labels);
  const ofFrequency = (frequency: LvisFrequency): number =>
    curveMeans(curves, curves.labels.filter((label) => frequencies[label - 1] === frequency)).precision();
  return {
    AP: precision(),
    AP50: precision({ iouThreshold: 0.5 }),
    AP75: precision({ iouThreshold: 0.75 }),
    APs: precision({ areaRange: 'small' }),
    APm: precision({ areaRange: 'medium' }),
    APl: precision({ areaRange: 'large' }),
    APr: ofFrequency('r'),
    APc: ofFrequency('c'),
    APf: ofFrequency('f'),
    AR: recall(),
    ARs: recall({ areaRange: 'small' }),
    ARm: recall({ areaRange: 'medium' }),
    ARl: recall({ areaRange: 'large' }),
    curves,
  };
}

/** The best detections of an image, without those of classes that it is not annotated for. */
function keepJudged(truth: LvisImageGroundTruth, found: ImageDetections, most: number): ImageDetections {
  const judged = new Set([...Array.from(truth.labels), ...truth.negativeLabels]);
  const kept = Array.from({ length: found.labels.length }, (_, d) => d)
    .sort((a, b) => found.scores[b] - found.scores[a] || a - b)
    .slice(0, most)
    .filter((d) => judged.has(found.labels[d]));
  const take = (values: ArrayLike<number>): number[] => kept.map((d) => values[d]);
  const { boxArea, area, masks } = found;
  return {
    image: found.image,
    boxes: kept.flatMap((d) => [found.boxes[4 * d], found.boxes[4 * d + 1], found.boxes[4 * d + 2], found.boxes[4 * d + 3]]),
    labels: take(found.labels),
    scores: take(found.scores),
    ...(boxArea && { boxArea: take(boxArea) }),
    ...(area && { area: take(area) }),
    ...(masks && { masks: kept.map((d) => masks[d]) }),
  };
}
