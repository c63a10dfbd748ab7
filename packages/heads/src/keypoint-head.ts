import * as tf from '@tensorflow/tfjs-core';
import { convolution, doubleBilinear, overlappingDeconvolution, type Parameters } from '@rcnn/nn';

/** Options of {@link keypointHead}. */
export interface KeypointHeadOptions {
  /** Channels of the pooled features. */
  readonly channels: number;
  /** 3×3 convolutions. */
  readonly convolutions?: number;
  /** Their channels. */
  readonly hidden?: number;
  /** K, how many keypoints an object has. */
  readonly keypoints: number;
}

/**
 * The keypoint head (He et al. 2017, §5): 3×3 convolutions, a 4×4 deconvolution of stride 2 to a map for each keypoint, and bilinear
 * interpolation to twice its size; [R, P, P, C] → logits [R, 4P, 4P, K]. Parameters `keypoint_head.0`, `keypoint_head.2`, …,
 * `keypoint_predictor.kps_score_lowres`.
 */
export function keypointHead(
  parameters: Parameters,
  { channels, convolutions = 8, hidden = 512, keypoints }: KeypointHeadOptions,
): (pooled: tf.Tensor4D) => tf.Tensor4D {
  // Every other number is torchvision's for a ReLU, which has no parameters.
  const slide = Array.from({ length: convolutions }, (_, i) =>
    convolution(parameters.at('keypoint_head').at(String(2 * i)), { inChannels: i === 0 ? channels : hidden, outChannels: hidden, activation: 'relu' }),
  );
  const score = overlappingDeconvolution(parameters.at('keypoint_predictor').at('kps_score_lowres'), { inChannels: convolutions > 0 ? hidden : channels, outChannels: keypoints });
  return (pooled) =>
    tf.tidy(() => {
      const [regions, side] = pooled.shape;
      // Some engines convolve no empty batch.
      if (regions === 0) return tf.zeros<tf.Rank.R4>([0, 4 * side, 4 * side, keypoints]);
      return doubleBilinear(score(slide.reduce((x, layer) => layer(x), pooled)));
    });
}
