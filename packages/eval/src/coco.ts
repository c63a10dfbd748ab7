import { checkAscending } from './check-options.ts';
import { splitByClass, type ClassProblem } from './class-problem.ts';
import { createCocoCurves, fillCocoCurves, type CocoCurves } from './coco-curves.ts';
import { cocoFigures, type CocoFigures } from './coco-figures.ts';
import { cocoMatch, type CocoMatchOptions } from './coco-match.ts';
import { cocoAreaRanges, cocoIouThresholds, cocoRecallThresholds, type CocoOptions } from './coco-options.ts';
import type { ImageDetections } from './detections.ts';
import type { ImageGroundTruth } from './ground-truth.ts';
import { crowdBoxIou, type ImageIou } from './image-iou.ts';
import { crowdMaskIou, withMaskAreas } from './mask-iou.ts';

/** What {@link evaluateCoco} says of one class. */
export interface CocoClassResult extends CocoFigures {
  readonly label: number;
  /** Objects to find, crowds not counted. */
  readonly positives: number;
}

/** What {@link evaluateCoco} finds: the 12 figures, those of each class, and the curves they are means of. */
export interface CocoEvaluation extends CocoFigures {
  /** One entry for each label that occurs in the ground truth or the detections, ascending. */
  readonly classes: readonly CocoClassResult[];
  readonly curves: CocoCurves;
}

/**
 * The COCO challenge's measure of boxes (Lin et al. 2014; COCO API, `COCOeval`): average precision at 101 recalls over ten
 * IoU thresholds, average recall for limited numbers of detections, both by the objects' size. Crowds are ignored, and
 * swallow detections. Equal scores keep the order of the ground truth's images (the COCO API sorts them by id, as
 * {@link readCocoGroundTruth} does), then the order given.
 * @throws RangeError if an input or option is malformed or a detection's image is not in the ground truth
 */
export function evaluateCoco(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  options: CocoOptions = {},
): CocoEvaluation {
  return summarise(cocoCurvesOf('evaluateCoco', splitByClass('evaluateCoco', groundTruth, detections), crowdBoxIou, options));
}

/**
 * The COCO challenge's measure of masks: as {@link evaluateCoco}, with the IoU of masks, and small, medium and large by
 * their areas.
 * @throws RangeError as {@link evaluateCoco}, and if an entry has no masks or those of an image differ in size
 */
export function evaluateCocoMasks(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  options: CocoOptions = {},
): CocoEvaluation {
  const [wanted, found] = [withMaskAreas('evaluateCocoMasks', groundTruth), withMaskAreas('evaluateCocoMasks', detections)];
  const foundIn = new Map(found.map((entry) => [entry.image, entry]));
  const iouOf = (problem: ClassProblem): ImageIou => crowdMaskIou(problem, wanted, foundIn);
  return summarise(cocoCurvesOf('evaluateCocoMasks', splitByClass('evaluateCocoMasks', wanted, found), iouOf, options));
}

/** Curves, and how many objects each class has. */
export interface CountedCurves {
  readonly curves: CocoCurves;
  readonly positives: readonly number[];
}

/**
 * The curves of some classes.
 * @param exceptionsOf what of a class is not held against the detections
 * @throws RangeError if an option is malformed
 */
export function cocoCurvesOf(
  caller: string,
  problems: readonly ClassProblem[],
  iouOf: (problem: ClassProblem) => ImageIou,
  { iouThresholds = cocoIouThresholds, maxDetections = [1, 10, 100], areaRanges = cocoAreaRanges }: CocoOptions,
  exceptionsOf?: (problem: ClassProblem) => Pick<CocoMatchOptions, 'notExhaustive' | 'optional'>,
): CountedCurves {
  checkAscending(caller, 'iouThresholds', iouThresholds, 1);
  checkAscending(caller, 'maxDetections', maxDetections);
  const labels = problems.map(({ label }) => label);
  const curves = createCocoCurves({ iouThresholds, recallThresholds: cocoRecallThresholds, labels, areaRanges, maxDetections });
  const mostDetections = maxDetections[maxDetections.length - 1];
  const positives = problems.map((problem, k) => {
    const exceptions = exceptionsOf?.(problem) ?? {};
    fillCocoCurves(curves, k, problem, cocoMatch(problem, { iouThresholds, areaRanges, mostDetections, iouOf: iouOf(problem), ...exceptions }));
    return problem.groundTruth.crowd.reduce((sum, crowd, g) => sum + (crowd === 1 || exceptions.optional?.[g] === 1 ? 0 : 1), 0);
  });
  return { curves, positives };
}

function summarise({ curves, positives }: CountedCurves): CocoEvaluation {
  const classes = curves.labels.map((label, k) => ({ label, positives: positives[k], ...cocoFigures(curves, [label]) }));
  return { ...cocoFigures(curves), classes, curves };
}
