export { augmentedDetect, type AugmentedDetectOptions } from './augmented-detect.ts';
export { createBackbone, type Backbone } from './backbone.ts';
export { backboneWeights, isFolded } from './backbone-weights.ts';
export { cascadeRcnn, type CascadeRcnn } from './cascade/cascade-rcnn.ts';
export { type CascadeRcnnConfig, type CascadeStageConfig } from './cascade/config.ts';
export { detectron2CascadeRcnnR50Fpn, smallCascadeRcnn } from './cascade/presets.ts';
export {
  backboneNames, poolingNames, sizeRoundings,
  type AnchorsConfig, type BackboneConfig, type BackboneName, type DetectorConfig, type FasterRcnnConfig, type ImageConfig, type MaskRcnnConfig,
  type PoolingName, type PyramidConfig, type SizeRounding, type RpnConfig,
} from './config.ts';
export { compressDetector, type CompressibleConfig } from './compress/compress-detector.ts';
export { createDetector } from './create-detector.ts';
export { initialWeights } from './initial-weights.ts';
export { type DetectionPart, type Detector, type DetectOptions, type Losses } from './detector.ts';
export {
  type FastRcnnConfig, type NetworkBackboneConfig, type PostHocSvmConfig, type RanksConfig, type RegionBoxConfig, type RegionOperatorConfig, type RegionsConfig, type RegionTrunkConfig,
} from './fast-rcnn/config.ts';
export { fastRcnn, type FastRcnn, type FastRcnnLoss } from './fast-rcnn/fast-rcnn.ts';
export { nearestScales } from './fast-rcnn/nearest-scales.ts';
export { paperFastRcnn, paperFastRcnnL, paperFastRcnnM, paperFastRcnnS, smallFastRcnn } from './fast-rcnn/presets.ts';
export { softmaxClassifier } from './fast-rcnn/softmax-classifier.ts';
export { fasterRcnn, type FasterRcnn, type FasterRcnnLoss } from './faster-rcnn.ts';
export { featurePyramid } from './feature-pyramid.ts';
export { imageBatch, resizedSize, type ImageBatch, type ImageBatchOptions } from './image-batch.ts';
export { type KeypointNames, type KeypointRcnnConfig } from './keypoints/config.ts';
export { keypointRcnn, type KeypointRcnn, type KeypointRcnnLoss } from './keypoints/keypoint-rcnn.ts';
export { smallKeypointRcnn, torchvisionKeypointRcnnResnet50Fpn } from './keypoints/presets.ts';
export { cocoClasses } from './names/coco-classes.ts';
export { cocoKeypoints } from './names/coco-keypoints.ts';
export { detectorWeights } from './names/detector-weights.ts';
export { detectron2Names, hasDetectron2Names } from './names/detectron2-names.ts';
export { hasOldTorchvisionNames, torchvisionNames } from './names/torchvision-names.ts';
export { createRegionNetwork } from './networks/create-region-network.ts';
export { networkWeights, type NetworkWeightsOptions } from './networks/network-weights.ts';
export { caffePixels, sppnetPixels, squeezeNetPixels, torchvisionPixels, type PixelScale } from './networks/pixel-scales.ts';
export { regionNetworkNames, type RegionNetwork, type RegionNetworkConfig, type RegionNetworkName } from './networks/region-network.ts';
export {
  detectron2MaskRcnnR50Fpn, paperMaskRcnnR50C4, paperMaskRcnnR101Fpn, paperMaskRcnnX101Fpn, smallMaskRcnn, smallSingleMapMaskRcnn, torchvisionMaskRcnnResnet50Fpn, torchvisionMaskRcnnResnet50FpnV2,
} from './mask-presets.ts';
export { maskRcnn, type MaskRcnn, type MaskRcnnLoss, type SoftDetections } from './mask-rcnn.ts';
export { type Objects } from './objects.ts';
export {
  smallFasterRcnn, torchvisionFasterRcnnMobilenetV3Large320Fpn, torchvisionFasterRcnnMobilenetV3LargeFpn,
  torchvisionFasterRcnnResnet50Fpn, torchvisionFasterRcnnResnet50FpnV2,
} from './presets.ts';
export {
  detectionStep, proposalStart, proposalStep, unifiedParameters, withSharedLayersFixed, type AlternatingConfig,
} from './single-map/alternating.ts';
export {
  detectron2FasterRcnnR50C4, detectron2FasterRcnnR50Fpn, paperFasterRcnnVgg16, paperFasterRcnnZf, pyFasterRcnn, smallSingleMapFasterRcnn,
} from './single-map/presets.ts';
export { type RegionProposalNetworkConfig, type SingleMapFasterRcnnConfig, type SingleMapMaskRcnnConfig } from './single-map/config.ts';
export { boxLossNames, type BoxLossName } from './region-losses.ts';
export { regionProposalNetwork, type RegionProposalNetwork } from './single-map/region-proposal-network.ts';
export { singleMapFasterRcnn, type SingleMapFasterRcnn } from './single-map/single-map-faster-rcnn.ts';
export { loadStateDict, stateDict, type LoadReport } from './state-dict.ts';
export { batchGradients, optimizerStep, trainingStep, type TrainingBatch, type TrainingStep } from './training-step.ts';
export { featureLayers, type FeatureLayer, type FinetuningConfig, type RcnnConfig, type RegionBackboneConfig, type RegionClassifierConfig, type RegionLimits, type RegionTestConfig, type RegressionConfig, type SppnetConfig, type SvmConfig } from './region-classifier/config.ts';
export { limitRegions } from './region-classifier/limit-regions.ts';
export { paperRcnn, paperSppnet, smallRcnn, smallSppnet } from './region-classifier/presets.ts';
export { rcnn } from './region-classifier/rcnn.ts';
export { sampleWindows, type SampledWindows } from './region-classifier/sample-windows.ts';
export { type RegionDetector } from './region-classifier/region-detector.ts';
export { sppnet } from './region-classifier/sppnet.ts';
export { singleMapMaskRcnn, type SingleMapMaskRcnn } from './single-map/single-map-mask-rcnn.ts';
