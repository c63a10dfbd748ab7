export { binaryMaskTargets } from './binary-mask-targets.ts';
export { boxHead, type BoxHeadOptions, type BoxPredictions } from './box-head.ts';
export { convolutionalBoxHead, type ConvolutionalBoxHeadOptions } from './convolutional-box-head.ts';
export { boxLoss, regionLosses, type BoxLosses, type BoxLossOptions, type BoxTargets, type RegionLosses, type RegionLossesOptions } from './box-loss.ts';
export { boxPredictor, type BoxPredictorOptions } from './box-predictor.ts';
export {
  agnosticDeltaStatistics, denormalizeDeltas, deltaStatistics, normalizeDeltas, statisticsOfWeights,
  type DeltaStatistics, type DeltaStatisticsOptions, type ProposedObjects,
} from './delta-statistics.ts';
export { generalizedIouLoss } from './generalized-iou-loss.ts';
export { generalizedIouRegionLosses, type GeneralizedIouRegionLossesOptions } from './generalized-iou-region-losses.ts';
export { hardExamples, type HardExamplesOptions } from './hard-examples.ts';
export { heatmapsToKeypoints, type FoundKeypoints } from './heatmaps-to-keypoints.ts';
export { meanRegionLosses } from './mean-region-losses.ts';
export { regionBoxes, type RegionBoxesOptions } from './region-boxes.ts';
export { keypointHead, type KeypointHeadOptions } from './keypoint-head.ts';
export { keypointLoss } from './keypoint-loss.ts';
export { keypointTargets, type KeypointTargets } from './keypoint-targets.ts';
export { labelRegions, type LabelRegionsOptions } from './label-regions.ts';
export { maskHead, type MaskHeadOptions } from './mask-head.ts';
export { maskLoss } from './mask-loss.ts';
export { maskProbabilities } from './mask-probabilities.ts';
export { mlpMaskHead, type MlpMaskHeadOptions } from './mlp-mask-head.ts';
export { multinomialMaskLoss } from './multinomial-mask-loss.ts';
export { multinomialMaskProbabilities } from './multinomial-mask-probabilities.ts';
export { pasteMasks } from './paste-masks.ts';
export { postprocess, type Detections, type PostprocessOptions } from './postprocess.ts';
export { pyramidLevels, type PyramidLevelOptions } from './pyramid-level.ts';
export { pyramidRoiAlign, sortByLevel, type LeveledRegions, type PyramidRoiAlignOptions, type Regions } from './pyramid-roi-align.ts';
export { pyramidRoiPool } from './pyramid-roi-pool.ts';
export { pyramidRoiWarp } from './pyramid-roi-warp.ts';
export { suppress, type Suppression, type SuppressOptions } from './suppress.ts';
export { sampleRegions, type SampledRegions, type SampleRegionsOptions } from './sample-regions.ts';

export { adaptiveThreshold, type AdaptiveThreshold } from './svm/adaptive-threshold.ts';
export { classOverlaps, type ClassOverlapsOptions } from './svm/class-overlaps.ts';
export { type Features } from './svm/dense-rows.ts';
export { featureScale, type FeatureScaleOptions } from './svm/feature-scale.ts';
export {
  hardNegativeMiner,
  restoreHardNegativeMiner,
  type HardNegativeMiner,
  type HardNegativeMinerOptions,
  type HardNegativeMinerState,
  type MinedImage,
} from './svm/hard-negative-miner.ts';
export { trainLinearSvm, type LinearSvm, type LinearSvmOptions, type TrainedLinearSvm } from './svm/linear-svm.ts';
export { type MinedClassState } from './svm/mined-class.ts';
export { rcnnDetections, type RcnnDetectionsOptions } from './svm/rcnn-detections.ts';
export { svmScores } from './svm/svm-scores.ts';

export { boxRegressionPairs, type BoxRegressionPairs, type BoxRegressionPairsOptions } from './ridge/box-regression-pairs.ts';
export { applyBoxRegressor, trainBoxRegressor, type ApplyBoxRegressorOptions, type BoxRegressor } from './ridge/box-regressor.ts';
export { applyLinearMap, type LinearMap } from './ridge/linear-map.ts';
export { ridgeAccumulator, type RidgeAccumulator, type RidgeOptions } from './ridge/ridge-accumulator.ts';
export { ridge } from './ridge/ridge.ts';
export { softMaskTargets } from './soft-mask-targets.ts';
