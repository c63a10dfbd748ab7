export { asBoxDeltas, asBoxes, boxCount, concatBoxes, emptyBoxes, takeBoxes, type BoxDeltas, type Boxes } from './boxes.ts';
export { type RgbImage, type Size } from './image.ts';
export { flipImage } from './flip-image.ts';

export { boxArea } from './box-area.ts';
export { clipBoxes } from './clip-boxes.ts';
export { flipBoxes } from './flip-boxes.ts';
export { removeSmallBoxes } from './remove-small-boxes.ts';
export { scaleBoxes } from './scale-boxes.ts';

export { boxIou } from './box-iou.ts';
export { completeBoxIou } from './complete-box-iou.ts';
export { distanceBoxIou } from './distance-box-iou.ts';
export { generalizedBoxIou } from './generalized-box-iou.ts';

export { batchedNms, nms, type NmsOptions } from './nms.ts';
export { scoreOrder } from './score-order.ts';
export {
  softNmsGaussian,
  softNmsLinear,
  type SoftNmsGaussianOptions,
  type SoftNmsLinearOptions,
  type SoftNmsResult,
} from './soft-nms.ts';

export { decodeBoxes, encodeBoxes, type CodingWeights, type DecodeOptions, type EncodeOptions } from './box-coding.ts';
export { matchBoxes, type Matches, type MatchOptions } from './match-boxes.ts';
export { sampleBalanced, type SampleOptions } from './sample-balanced.ts';

export { flipRle } from './masks/flip-rle.ts';
export { mergeRles } from './masks/merge-rles.ts';
export { parseSegmentation, type Segmentation } from './masks/parse-segmentation.ts';
export { pasteMask, pasteMaskRle } from './masks/paste-mask.ts';
export { resizeRle } from './masks/resize-rle.ts';
export { rleArea } from './masks/rle-area.ts';
export { rleBox } from './masks/rle-box.ts';
export { rleIou } from './masks/rle-iou.ts';
export { maskFromRle, rleFromMask } from './masks/rle-mask.ts';
export { rleFromPolygons } from './masks/rle-polygons.ts';
export { rleFromString, rlesFromStrings, rleToString } from './masks/rle-string.ts';
export { rlesFromLabels } from './masks/rles-from-labels.ts';
export { rleFromCounts, type Rle } from './masks/rle.ts';

export { asKeypoints, flipKeypoints, mirroredKeypoints, scaleKeypoints, type Keypoints } from './keypoints.ts';

export { createRng, restoreRng, type Rng, type RngState } from './rng.ts';
