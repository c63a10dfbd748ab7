export { createBackbone, type Backbone } from './backbone.ts';
export { backboneWeights, isFolded } from './backbone-weights.ts';
export { backboneNames, type BackboneConfig, type BackboneName, type FasterRcnnConfig, type ImageConfig } from './config.ts';
export { fasterRcnn, type FasterRcnn, type FasterRcnnLosses, type Objects } from './faster-rcnn.ts';
export { featurePyramid } from './feature-pyramid.ts';
export { imageBatch, resizedSize, type ImageBatch } from './image-batch.ts';
export { smallFasterRcnn, torchvisionFasterRcnnResnet50Fpn } from './presets.ts';
export { loadStateDict, stateDict, type LoadReport } from './state-dict.ts';
export { batchGradients, optimizerStep, trainingStep, type TrainingBatch, type TrainingStep } from './training-step.ts';
