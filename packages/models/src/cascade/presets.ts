import type { FasterRcnnConfig } from '../config.ts';
import { smallFasterRcnn } from '../presets.ts';
import { detectron2FasterRcnnR50Fpn } from '../single-map/presets.ts';
import type { CascadeRcnnConfig } from './config.ts';

/** The published stages: IoU .5, .6 and .7, each box coding finer than the last (Cai & Vasconcelos 2018, §5.1; Detectron2). */
const stages: CascadeRcnnConfig['stages'] = [
  { foreground: 0.5, weights: [10, 10, 5, 5] },
  { foreground: 0.6, weights: [20, 20, 10, 10] },
  { foreground: 0.7, weights: [30, 30, 15, 15] },
];

function withCascade({ box, ...config }: FasterRcnnConfig): CascadeRcnnConfig {
  const { resolution, samplingRatio, aligned, canonicalSize, canonicalLevel, hidden, samples, positiveFraction, loss, beta, scoreThreshold, nmsThreshold, limit } = box;
  const common = { resolution, samplingRatio, aligned, canonicalSize, canonicalLevel, hidden, samples, positiveFraction, loss, beta, scoreThreshold, nmsThreshold, limit };
  return { ...config, model: 'cascade-rcnn', box: common, stages };
}

/** Detectron2's Cascade R-CNN on ResNet-50 with a pyramid: as its `faster_rcnn_R_50_FPN`, twice the proposals in training. */
export function detectron2CascadeRcnnR50Fpn(classes: readonly string[]): CascadeRcnnConfig {
  const config = withCascade(detectron2FasterRcnnR50Fpn(classes));
  return { ...config, rpn: { ...config.rpn, train: { ...config.rpn.train, postNms: 2000 } } };
}

/** A Cascade R-CNN for images of a few hundred pixels and for training on a CPU: {@link smallFasterRcnn} with three stages. */
export function smallCascadeRcnn(classes: readonly string[], input: { minSize?: number; maxSize?: number } = {}): CascadeRcnnConfig {
  return withCascade(smallFasterRcnn(classes, input));
}
