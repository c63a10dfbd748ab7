import { areaAveragePrecision } from './average-precision.ts';
import { splitByClass, type ClassProblem } from './class-problem.ts';
import type { ImageDetections } from './detections.ts';
import type { ImageGroundTruth } from './ground-truth.ts';
import { vocMatch } from './voc-match.ts';
import type { VocOptions } from './voc-options.ts';

/** What {@link evaluateVoc} says of one class. The curves have one entry for each true or false positive, best first. */
export interface VocClassResult {
  readonly label: number;
  /** Average precision, 0 … 1; NaN where the class has nothing to find. */
  readonly ap: number;
  /** Precision after each detection. */
  readonly precision: Float64Array;
  /** Recall after each detection. */
  readonly recall: Float64Array;
  /** Score of each detection. */
  readonly scores: Float64Array;
  /** Boxes to find, the difficult ones not counted. */
  readonly positives: number;
  /** Difficult boxes. */
  readonly difficult: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** Detections whose best overlap is a difficult box. */
  readonly ignored: number;
}

/** What {@link evaluateVoc} finds. */
export interface VocEvaluation {
  /** Mean average precision over the classes that have something to find; NaN where none has. */
  readonly mAP: number;
  /** One entry for each label that occurs in the ground truth or the detections, ascending. */
  readonly classes: readonly VocClassResult[];
}

/**
 * Average precision as the Pascal VOC development kit computes it (Everingham et al. 2010, §4.2). In descending order of
 * score, a detection belongs to the box of its class and image that it overlaps most (the first of equals). It is a true
 * positive if that overlap is at least `iouThreshold` and no earlier detection has the box, ignored if the box is
 * difficult, else a false positive. Equal scores keep the order of the ground truth's images, then the order given.
 *
 * {@link voc07}, {@link voc12} and {@link vocContinuous} are ready-made options.
 * @throws RangeError if an input is malformed or a detection's image is not in the ground truth
 */
export function evaluateVoc(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  { iouThreshold = 0.5, averagePrecision = areaAveragePrecision, plusOne = false }: VocOptions = {},
): VocEvaluation {
  if (!(iouThreshold >= 0 && iouThreshold <= 1)) {
    throw new RangeError(`evaluateVoc: expected an iouThreshold from 0 to 1, got ${iouThreshold}`);
  }
  const problems = splitByClass('evaluateVoc', groundTruth, detections);
  const classes = problems.map((problem) => evaluateClass(problem, iouThreshold, averagePrecision, plusOne ? 1 : 0));
  const defined = classes.map(({ ap }) => ap).filter((ap) => !Number.isNaN(ap));
  return { mAP: defined.reduce((sum, ap) => sum + ap, 0) / defined.length, classes };
}

function evaluateClass(
  problem: ClassProblem,
  iouThreshold: number,
  averagePrecision: NonNullable<VocOptions['averagePrecision']>,
  lastPixel: number,
): VocClassResult {
  const outcomes = vocMatch(problem, iouThreshold, lastPixel);
  const difficult = problem.groundTruth.difficult.reduce((sum, flag) => sum + flag, 0);
  const positives = problem.groundTruth.difficult.length - difficult;
  const counted = outcomes.reduce((sum, outcome) => sum + (outcome === 'ignored' ? 0 : 1), 0);
  const [precision, recall, scores] = [new Float64Array(counted), new Float64Array(counted), new Float64Array(counted)];
  let truePositives = 0;
  let k = 0;
  outcomes.forEach((outcome, position) => {
    if (outcome === 'ignored') return;
    if (outcome === 'true positive') truePositives++;
    precision[k] = truePositives / (k + 1);
    recall[k] = truePositives / positives;
    scores[k++] = problem.detections.scores[position];
  });
  return {
    label: problem.label,
    ap: positives === 0 ? NaN : averagePrecision(recall, precision),
    precision,
    recall,
    scores,
    positives,
    difficult,
    truePositives,
    falsePositives: counted - truePositives,
    ignored: outcomes.length - counted,
  };
}
