import * as tf from '@tensorflow/tfjs-core';
import { linear, normal, type Parameters } from '@rcnn/nn';

/** What the box head says of every region: a score for each class and a box for each class. */
export interface BoxPredictions {
  /** Class 0 is the background. */
  readonly logits: tf.Tensor2D; // [R, K + 1]
  readonly deltas: tf.Tensor2D; // [R, 4 (K + 1)]
}

/** Options of {@link boxHead}. */
export interface BoxHeadOptions {
  /** Channels of the pooled features, and their side. */
  readonly channels: number;
  readonly resolution?: number;
  /** Width of the two fully connected layers. */
  readonly hidden?: number;
  /** Classes with the background. */
  readonly classes: number;
}

/**
 * Fast R-CNN's head in FPN's form (FPN, §4.2): two fully connected layers, then sibling layers for classes and boxes
 * (Fast R-CNN, §2.1). Parameters `box_head.fc6`, `box_head.fc7`, `box_predictor.cls_score`, `box_predictor.bbox_pred`.
 */
export function boxHead(
  parameters: Parameters,
  { channels, resolution = 7, hidden = 1024, classes }: BoxHeadOptions,
): (pooled: tf.Tensor4D) => BoxPredictions {
  const inputs = resolution * resolution * channels;
  const layers = parameters.at('box_head');
  const predictor = parameters.at('box_predictor');
  const layout = { kind: 'flattened', height: resolution, width: resolution, channels } as const;
  const fc6 = linear(layers.at('fc6'), { inputs, outputs: hidden, activation: 'relu', layout });
  const fc7 = linear(layers.at('fc7'), { inputs: hidden, outputs: hidden, activation: 'relu' });
  const classify = linear(predictor.at('cls_score'), { inputs: hidden, outputs: classes, initializer: normal(0.01) });
  const regress = linear(predictor.at('bbox_pred'), { inputs: hidden, outputs: 4 * classes, initializer: normal(0.001) });
  return (pooled) =>
    tf.tidy(() => {
      const features = fc7(fc6(tf.reshape(pooled, [pooled.shape[0], inputs])));
      return { logits: classify(features), deltas: regress(features) };
    });
}
