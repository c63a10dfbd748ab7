import { checkAscending } from './check-options.ts';
import { splitByClass } from './class-problem.ts';
import { createCocoCurves, fillCocoCurves, type CocoCurves } from './coco-curves.ts';
import { cocoFigures, type CocoFigures } from './coco-figures.ts';
import { cocoMatch } from './coco-match.ts';
import { cocoAreaRanges, cocoIouThresholds, cocoRecallThresholds, type CocoOptions } from './coco-options.ts';
import { crowdBoxIou } from './crowd-box-iou.ts';
import type { ImageDetections } from './detections.ts';
import type { ImageGroundTruth } from './ground-truth.ts';

/** What {@link evaluateCoco} says of one class. */
export interface CocoClassResult extends CocoFigures {
  readonly label: number;
  /** Boxes to find, crowds not counted. */
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
  { iouThresholds = cocoIouThresholds, maxDetections = [1, 10, 100], areaRanges = cocoAreaRanges }: CocoOptions = {},
): CocoEvaluation {
  checkAscending('evaluateCoco', 'iouThresholds', iouThresholds, 1);
  checkAscending('evaluateCoco', 'maxDetections', maxDetections);
  const problems = splitByClass('evaluateCoco', groundTruth, detections);
  const labels = problems.map(({ label }) => label);
  const curves = createCocoCurves({ iouThresholds, recallThresholds: cocoRecallThresholds, labels, areaRanges, maxDetections });
  const mostDetections = maxDetections[maxDetections.length - 1];
  const classes = problems.map((problem, k) => {
    const options = { iouThresholds, areaRanges, mostDetections, iouOf: crowdBoxIou(problem), detectionArea: problem.detections.boxArea };
    fillCocoCurves(curves, k, problem, cocoMatch(problem, options));
    const positives = problem.groundTruth.crowd.reduce((sum, crowd) => sum + 1 - crowd, 0);
    return { label: problem.label, positives, ...cocoFigures(curves, [problem.label]) };
  });
  return { ...cocoFigures(curves), classes, curves };
}
