import * as tf from '@tensorflow/tfjs-core';
import { linear, normal, normalizedConvolution, type NormKind, type Parameters, type Pass } from '@rcnn/nn';
import type { BoxHeadOptions, BoxPredictions } from './box-head.ts';

/** Options of {@link convolutionalBoxHead}. */
export interface ConvolutionalBoxHeadOptions extends BoxHeadOptions {
  /** 3×3 convolutions before the fully connected layer, as wide as the pooled features. */
  readonly convolutions?: number;
  readonly norm?: NormKind;
}

/**
 * The box head of group norm's paper (Wu & He 2018, §4.2), torchvision's `FastRCNNConvFCHead`: 3×3 convolutions with norm,
 * one fully connected layer, then sibling layers for classes and boxes. Parameters `box_head.0.0`, `box_head.0.1`, …, the
 * fully connected layer one place after the flattening that follows the convolutions (`box_head.5` after four), and
 * `box_predictor.cls_score`, `box_predictor.bbox_pred`.
 */
export function convolutionalBoxHead(
  parameters: Parameters,
  { channels, resolution = 7, hidden = 1024, classes, convolutions = 4, norm = 'trained' }: ConvolutionalBoxHeadOptions,
): (pooled: tf.Tensor4D, pass: Pass) => BoxPredictions {
  const inputs = resolution * resolution * channels;
  const layers = parameters.at('box_head');
  const predictor = parameters.at('box_predictor');
  const slide = Array.from({ length: convolutions }, (_, i) => {
    const at = layers.at(String(i));
    return normalizedConvolution(at.at('0'), at.at('1'), { norm, inChannels: channels, outChannels: channels, activation: 'relu' });
  });
  const layout = { kind: 'flattened', height: resolution, width: resolution, channels } as const;
  const connect = linear(layers.at(String(convolutions + 1)), { inputs, outputs: hidden, activation: 'relu', layout });
  const classify = linear(predictor.at('cls_score'), { inputs: hidden, outputs: classes, initializer: normal(0.01) });
  const regress = linear(predictor.at('bbox_pred'), { inputs: hidden, outputs: 4 * classes, initializer: normal(0.001) });
  return (pooled, pass) =>
    tf.tidy(() => {
      const regions = pooled.shape[0];
      // No region has no mean and no variance, and some engines convolve no empty batch.
      const map = regions === 0 ? pooled : slide.reduce((x, layer) => layer(x, pass), pooled);
      const features = connect(tf.reshape(map, [regions, inputs]));
      return { logits: classify(features), deltas: regress(features) };
    });
}
