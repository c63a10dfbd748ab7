import { splitByClass, type ClassProblem } from '../class-problem.ts';
import { cocoCurvesOf } from '../coco.ts';
import type { CocoCurves } from '../coco-curves.ts';
import { cocoAreaRanges } from '../coco-options.ts';
import type { ImageDetections } from '../detections.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';
import { cocoKeypointFigures, type CocoKeypointFigures } from './coco-keypoint-figures.ts';
import { keypointSimilarity, wantedKeypoints, type WantedKeypoints } from './object-keypoint-similarity.ts';
import { cocoKeypointSigmas } from './sigmas.ts';

/** How {@link evaluateCocoKeypoints} measures. */
export interface CocoKeypointOptions {
  /** How well each of the K keypoints can be placed, relative to the square root of the object's area: COCO's seventeen. */
  readonly sigmas?: readonly number[];
}

/** What {@link evaluateCocoKeypoints} says of one class. */
export interface CocoKeypointClassResult extends CocoKeypointFigures {
  readonly label: number;
  /** Objects to find: those with a labelled keypoint, crowds not counted. */
  readonly positives: number;
}

/** What {@link evaluateCocoKeypoints} finds: the 10 figures, those of each class, and the curves they are means of. */
export interface CocoKeypointEvaluation extends CocoKeypointFigures {
  /** One entry for each label that occurs in the ground truth or the detections, ascending. */
  readonly classes: readonly CocoKeypointClassResult[];
  readonly curves: CocoCurves;
}

/** Small objects are not measured: COCO annotates no keypoints on them. */
const areaRanges = cocoAreaRanges.filter(({ name }) => name !== 'small');
const maxDetections = [20];

/**
 * The COCO challenge's measure of keypoints (cocodataset.org, "Keypoint Evaluation"; COCO API, `COCOeval` with `keypoints`): as
 * {@link evaluateCoco}, with the similarity of keypoints, `mean of exp(−d² / (2 · area · (2σ)²))` over those labelled, in the place of the IoU,
 * and 20 detections an image and class. An object without a labelled keypoint is ignored, and swallows one detection that lies on it.
 * @throws RangeError as {@link evaluateCoco}, and if a sigma is not above 0, or an entry has not as many keypoints for each of its boxes
 */
export function evaluateCocoKeypoints(
  groundTruth: readonly ImageGroundTruth[],
  detections: readonly ImageDetections[],
  { sigmas = cocoKeypointSigmas }: CocoKeypointOptions = {},
): CocoKeypointEvaluation {
  if (sigmas.length === 0 || !sigmas.every((sigma) => sigma > 0 && sigma < Infinity)) {
    throw new RangeError(`evaluateCocoKeypoints: expected sigmas above 0, got [${sigmas.join(', ')}]`);
  }
  const problems = splitByClass('evaluateCocoKeypoints', groundTruth, detections);
  groundTruth.forEach((entry) => checkKeypoints('ground truth', entry, sigmas.length));
  detections.forEach((entry) => checkKeypoints('detections', entry, sigmas.length));
  const foundIn = new Map(detections.map((entry) => [entry.image, entry]));
  const wanted = new Map(problems.map((problem) => [problem, wantedKeypoints(problem, groundTruth, sigmas.length)]));
  const wantedOf = (problem: ClassProblem): WantedKeypoints => wanted.get(problem) as WantedKeypoints;
  const { curves, positives } = cocoCurvesOf(
    'evaluateCocoKeypoints',
    problems,
    (problem) => keypointSimilarity(problem, wantedOf(problem), groundTruth, foundIn, sigmas),
    { areaRanges, maxDetections },
    (problem) => ({ optional: Uint8Array.from(wantedOf(problem).counts, (count) => (count === 0 ? 1 : 0)) }),
  );
  const classes = curves.labels.map((label, k) => ({ label, positives: positives[k], ...cocoKeypointFigures(curves, [label]) }));
  return { ...cocoKeypointFigures(curves), classes, curves };
}

function checkKeypoints(kind: string, { image, labels, keypoints }: ImageGroundTruth | ImageDetections, K: number): void {
  const [wanted, got] = [3 * K * labels.length, keypoints?.length ?? 0];
  const where = `evaluateCocoKeypoints: ${kind} of image ${JSON.stringify(image)}`;
  if (got !== wanted) {
    throw new RangeError(`${where}: expected ${wanted} numbers in keypoints (3 for each of ${K}, as there are sigmas, for each of labels), got ${got}`);
  }
  for (let i = 0; i < wanted; i++) {
    if (!Number.isFinite(keypoints?.[i])) throw new RangeError(`${where}: expected finite numbers in keypoints, got ${String(keypoints?.[i])} at ${i}`);
  }
}
