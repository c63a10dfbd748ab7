import * as tf from '@tensorflow/tfjs-core';
import { linear, normal, type Parameters } from '@rcnn/nn';

/** Options of {@link mlpMaskHead}. */
export interface MlpMaskHeadOptions {
  /** Channels of the pooled features, and their side. */
  readonly channels: number;
  readonly resolution: number;
  /** Fully connected layers before the last, and their width. */
  readonly layers?: number;
  readonly hidden?: number;
  /** Masks of a region, and their side. */
  readonly masks: number;
  readonly maskSize?: number;
}

/**
 * The mask head that the paper compares its convolutions with (He et al. 2017, table 2e): fully connected layers, the last to
 * masks · m² logits; [R, P, P, C] → [R, m, m, masks]. Parameters `mask_head.fc1`, …, `mask_predictor.mask_fc_logits`.
 */
export function mlpMaskHead(
  parameters: Parameters,
  { channels, resolution, layers = 2, hidden = 1024, masks, maskSize = 28 }: MlpMaskHeadOptions,
): (pooled: tf.Tensor4D) => tf.Tensor4D {
  const inputs = resolution * resolution * channels;
  const layout = { kind: 'flattened', height: resolution, width: resolution, channels } as const;
  const connect = Array.from({ length: layers }, (_, i) =>
    linear(parameters.at('mask_head').at(`fc${i + 1}`), {
      inputs: i === 0 ? inputs : hidden, outputs: hidden, activation: 'relu', ...(i === 0 && { layout }),
    }),
  );
  const predict = linear(parameters.at('mask_predictor').at('mask_fc_logits'), { inputs: hidden, outputs: maskSize * maskSize * masks, initializer: normal(0.001) });
  return (pooled) =>
    tf.tidy(() => {
      const regions = pooled.shape[0];
      const logits = predict(connect.reduce((x, layer) => layer(x), tf.reshape<tf.Rank.R2>(pooled, [regions, inputs])));
      return tf.reshape(logits, [regions, maskSize, maskSize, masks]);
    });
}
