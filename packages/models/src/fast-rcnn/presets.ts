import { smallFasterRcnn } from '../presets.ts';
import type { FastRcnnConfig } from './config.ts';

/** A Fast R-CNN of the size of {@link smallFasterRcnn} and over the same pyramid, so that the two can be compared. */
export function smallFastRcnn(classes: readonly string[], size: { minSize?: number; maxSize?: number } = {}): FastRcnnConfig {
  const { image, backbone, fpn, box } = smallFasterRcnn(classes, size);
  const { resolution, samplingRatio, aligned, canonicalSize, canonicalLevel, hidden, weights, convolutions: _, ...common } = box;
  return {
    model: 'fast-rcnn',
    classes,
    image,
    scales: { train: [], test: [] },
    backbone,
    fpn,
    regions: {
      kind: 'layers', operator: { kind: 'align', resolution, samplingRatio, aligned }, hidden: [hidden, hidden], ranks: null,
      canonicalSize, canonicalLevel,
    },
    box: {
      ...common, background: [0.1, 0.5], sampling: 'random', targets: { kind: 'weights', weights }, boxes: 'per-class', beta: 1, lambda: 1,
      suppression: 'nms',
    },
  };
}
