import * as tf from '@tensorflow/tfjs-core';
import { convolution, deconvolution, normal, normalizedConvolution, type Layer, type NormKind, type Parameters, type Pass } from '@rcnn/nn';

/** Options of {@link maskHead}. */
export interface MaskHeadOptions {
  /** Channels of the pooled features. */
  readonly channels: number;
  /** 3×3 convolutions: 4 on a pyramid's features, 0 on those of a C4 network's last stage. */
  readonly convolutions?: number;
  /** Of these convolutions; `none`: a bias. */
  readonly norm?: NormKind | 'none';
  /** Channels of the convolutions and of the deconvolution. */
  readonly hidden?: number;
  /** Masks of a region: one for each class, the background with them; or 1 for all classes. */
  readonly masks: number;
}

/**
 * The fully convolutional mask head (He et al. 2017, figure 4): 3×3 convolutions, a 2×2 deconvolution of stride 2, and a 1×1
 * convolution to a mask for each class; [R, P, P, C] → logits [R, 2P, 2P, masks]. Parameters `mask_head.0.0`, …,
 * `mask_predictor.conv5_mask`, `mask_predictor.mask_fcn_logits`; a norm's at `mask_head.0.1`.
 */
export function maskHead(
  parameters: Parameters,
  { channels, convolutions = 4, norm = 'none', hidden = 256, masks }: MaskHeadOptions,
): (pooled: tf.Tensor4D, pass: Pass) => tf.Tensor4D {
  const predictor = parameters.at('mask_predictor');
  const slide = Array.from({ length: convolutions }, (_, i): Layer => {
    const at = parameters.at('mask_head').at(String(i));
    const options = { inChannels: i === 0 ? channels : hidden, outChannels: hidden, activation: 'relu' } as const;
    return norm === 'none' ? convolution(at.at('0'), options) : normalizedConvolution(at.at('0'), at.at('1'), { ...options, norm });
  });
  const grow = deconvolution(predictor.at('conv5_mask'), { inChannels: convolutions > 0 ? hidden : channels, outChannels: hidden, activation: 'relu' });
  // Small, for with few classes He's initialisation by the outputs makes logits that a sigmoid cannot learn from.
  const predict = convolution(predictor.at('mask_fcn_logits'), { inChannels: hidden, outChannels: masks, kernel: 1, initializer: normal(0.001) });
  return (pooled, pass) =>
    tf.tidy(() => {
      const [regions, side] = pooled.shape;
      // Some engines convolve no empty batch.
      if (regions === 0) return tf.zeros<tf.Rank.R4>([0, 2 * side, 2 * side, masks]);
      return predict(grow(slide.reduce((x, layer) => layer(x, pass), pooled)));
    });
}
