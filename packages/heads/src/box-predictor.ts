import * as tf from '@tensorflow/tfjs-core';
import { linear, normal, type Parameters } from '@rcnn/nn';
import type { BoxPredictions } from './box-head.ts';

/** Options of {@link boxPredictor}. */
export interface BoxPredictorOptions {
  /** Width of a region's features. */
  readonly inputs: number;
  /** Classes with the background. */
  readonly classes: number;
  /** One box a class, or one that all classes share. */
  readonly boxes?: 'per-class' | 'agnostic';
}

/**
 * The sibling layers of Fast R-CNN, §2.1: class scores and boxes of regions from their features. A box that all classes
 * share is repeated for each, so that whatever follows need not know. Parameters `cls_score`, `bbox_pred`.
 */
export function boxPredictor(
  parameters: Parameters,
  { inputs, classes, boxes = 'per-class' }: BoxPredictorOptions,
): (features: tf.Tensor2D) => BoxPredictions {
  const outputs = boxes === 'per-class' ? 4 * classes : 4;
  const classify = linear(parameters.at('cls_score'), { inputs, outputs: classes, initializer: normal(0.01) });
  const regress = linear(parameters.at('bbox_pred'), { inputs, outputs, initializer: normal(0.001) });
  return (features) =>
    tf.tidy(() => {
      const deltas = regress(features);
      return { logits: classify(features), deltas: boxes === 'per-class' ? deltas : tf.tile(deltas, [1, classes]) };
    });
}
