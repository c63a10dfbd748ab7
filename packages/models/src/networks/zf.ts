import * as tf from '@tensorflow/tfjs-core';
import { convolution, localResponseNormWithinChannel, maxPool, type Parameters } from '@rcnn/nn';
import { fullyConnected } from './fully-connected.ts';
import type { RegionNetwork, RegionNetworkOptions } from './region-network.ts';
import { scaledChannels } from './scaled-channels.ts';

/**
 * ZF (Zeiler & Fergus 2014) as Faster R-CNN has it: normalised within each channel, padded pooling. Parameters `conv1` … `fc7`. Its
 * authors' dropout halves in detection what it does not double in training: released fc7 and predictors expect half of these features.
 */
export function zf(parameters: Parameters, { width = 1, hidden = [4096, 4096], ...fully }: Omit<RegionNetworkOptions, 'name'> = {}): RegionNetwork {
  const [c1, c2, c3, channels] = [96, 256, 384, 256].map((each) => scaledChannels(each, width));
  const relu = { activation: 'relu' } as const;
  const conv1 = convolution(parameters.at('conv1'), { inChannels: 3, outChannels: c1, kernel: 7, stride: 2, ...relu });
  const conv2 = convolution(parameters.at('conv2'), { inChannels: c1, outChannels: c2, kernel: 5, stride: 2, ...relu });
  const conv3 = convolution(parameters.at('conv3'), { inChannels: c2, outChannels: c3, ...relu });
  const conv4 = convolution(parameters.at('conv4'), { inChannels: c3, outChannels: c3, ...relu });
  const conv5 = convolution(parameters.at('conv5'), { inChannels: c3, outChannels: channels, ...relu });
  const reduce = (map: tf.Tensor4D): tf.Tensor4D => maxPool(localResponseNormWithinChannel(map), { size: 3, stride: 2, padding: 1 });
  const pooledSize = 6;
  return {
    channels,
    stride: 16,
    // The padded layers make of 192 pixels the 13 that the classifier's pool5 had of 224.
    cropSize: 192,
    pooledSize,
    hidden,
    convolutions: (pixels) => tf.tidy(() => conv5(conv4(conv3(reduce(conv2(reduce(conv1(pixels)))))))),
    pool5: (map) => maxPool(map, { size: 3, stride: 2 }),
    ...fullyConnected([parameters.at('fc6'), parameters.at('fc7')], { channels, pooledSize, hidden, ...fully }),
  };
}
