import * as tf from '@tensorflow/tfjs-core';
import { convolution, hardSigmoid, type Parameters } from '@rcnn/nn';

/**
 * Squeeze and excitation (Hu et al. 2017, fig. 1) in MobileNet v3's form: the mean of each channel, two 1×1 convolutions
 * with a ReLU between, a hard sigmoid, and each channel of the map times what came out. Parameters `fc1`, `fc2`.
 */
export function squeezeExcitation(
  parameters: Parameters,
  { channels, squeezed }: { channels: number; squeezed: number },
): (x: tf.Tensor4D) => tf.Tensor4D {
  const squeeze = convolution(parameters.at('fc1'), { inChannels: channels, outChannels: squeezed, kernel: 1, activation: 'relu' });
  const excite = convolution(parameters.at('fc2'), { inChannels: squeezed, outChannels: channels, kernel: 1 });
  return (x) => tf.tidy(() => tf.mul(x, hardSigmoid(excite(squeeze(tf.mean<tf.Tensor4D>(x, [1, 2], true))))));
}
