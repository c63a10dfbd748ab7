export { boxHead, type BoxHeadOptions, type BoxPredictions } from './box-head.ts';
export { convolutionalBoxHead, type ConvolutionalBoxHeadOptions } from './convolutional-box-head.ts';
export { boxLoss, type BoxLosses } from './box-loss.ts';
export { postprocess, type Detections, type PostprocessOptions } from './postprocess.ts';
export { pyramidLevels, type PyramidLevelOptions } from './pyramid-level.ts';
export { pyramidRoiAlign, sortByLevel, type LeveledRegions, type PyramidRoiAlignOptions, type Regions } from './pyramid-roi-align.ts';
export { sampleRegions, type SampledRegions, type SampleRegionsOptions } from './sample-regions.ts';
