export { areaAveragePrecision, elevenPointAveragePrecision } from './average-precision.ts';
export { evaluateCoco, evaluateCocoMasks, type CocoClassResult, type CocoEvaluation } from './coco.ts';
export { type CocoCurves } from './coco-curves.ts';
export { cocoFigureNames, cocoFigures, type CocoFigures } from './coco-figures.ts';
export {
  cocoAreaRanges,
  cocoIouThresholds,
  cocoRecallThresholds,
  type AreaRange,
  type CocoOptions,
} from './coco-options.ts';
export { type ImageDetections } from './detections.ts';
export { type ImageGroundTruth } from './ground-truth.ts';
export {
  readCocoGroundTruth,
  readCocoKeypointGroundTruth,
  readCocoMaskGroundTruth,
  type CocoGroundTruth,
  type CocoImageInfo,
} from './read-coco-ground-truth.ts';
export { readCocoKeypointResults, readCocoMaskResults, readCocoResults } from './read-coco-results.ts';
export { readVocResults, type VocResultFile } from './read-voc-results.ts';
export { evaluateVoc, type VocClassResult, type VocEvaluation } from './voc.ts';
export { voc07, voc12, vocContinuous, type VocOptions } from './voc-options.ts';

export { averageBestOverlap, type BestOverlap } from './proposals/average-best-overlap.ts';
export { type ImageProposals } from './proposals/image-proposals.ts';
export { type ProposalMatching } from './proposals/object-overlaps.ts';
export { proposalRecall, type ProposalRecall, type ProposalRecallOptions } from './proposals/proposal-recall.ts';

export {
  evaluateCocoKeypoints,
  type CocoKeypointClassResult,
  type CocoKeypointEvaluation,
  type CocoKeypointOptions,
} from './keypoints/coco-keypoints.ts';
export { cocoKeypointFigureNames, cocoKeypointFigures, type CocoKeypointFigures } from './keypoints/coco-keypoint-figures.ts';
export { cocoKeypointSigmas, keypointSigmas } from './keypoints/sigmas.ts';

export { calibration, type Calibration, type CalibrationBin } from './errors/calibration.ts';
export { classifyDetections, type DetectionOutcome, type ErrorOptions, type ImageErrors } from './errors/classify-detections.ts';
export { confusionMatrix, type ConfusionOptions } from './errors/confusion-matrix.ts';
export {
  falsePositiveBreakdown,
  falsePositiveNames,
  type FalsePositiveBreakdown,
  type FalsePositiveName,
  type FalsePositiveOptions,
} from './errors/false-positive-breakdown.ts';
export { tideErrorNames, tideErrors, tideMaskErrors, type TideErrorName, type TideErrors } from './errors/tide-errors.ts';

export { evaluateLvis, evaluateLvisMasks, type LvisEvaluation, type LvisOptions } from './lvis/lvis.ts';
export {
  readLvisGroundTruth,
  readLvisMaskGroundTruth,
  type LvisFrequency,
  type LvisGroundTruth,
  type LvisImageGroundTruth,
} from './lvis/lvis-ground-truth.ts';
