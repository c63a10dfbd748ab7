import * as tf from '@tensorflow/tfjs-core';
import { convolution, localResponseNorm, maxPool, type Parameters } from '@rcnn/nn';
import { fullyConnected } from './fully-connected.ts';
import type { RegionNetwork, RegionNetworkOptions } from './region-network.ts';
import { scaledChannels } from './scaled-channels.ts';

/** VGG_CNN_M_1024 (Chatfield et al. 2014), "M" of Fast R-CNN: as deep as AlexNet, and wider. Parameters `conv1` … `fc7`. */
export function vggCnnM1024(parameters: Parameters, { width = 1, hidden = [4096, 1024], ...fully }: Omit<RegionNetworkOptions, 'name'> = {}): RegionNetwork {
  const [c1, c2, channels] = [96, 256, 512].map((each) => scaledChannels(each, width));
  const relu = { activation: 'relu' } as const;
  const conv1 = convolution(parameters.at('conv1'), { inChannels: 3, outChannels: c1, kernel: 7, stride: 2, padding: 0, ...relu });
  const conv2 = convolution(parameters.at('conv2'), { inChannels: c1, outChannels: c2, kernel: 5, stride: 2, padding: 1, ...relu });
  const conv3 = convolution(parameters.at('conv3'), { inChannels: c2, outChannels: channels, ...relu });
  const conv4 = convolution(parameters.at('conv4'), { inChannels: channels, outChannels: channels, ...relu });
  const conv5 = convolution(parameters.at('conv5'), { inChannels: channels, outChannels: channels, ...relu });
  const reduce = (map: tf.Tensor4D): tf.Tensor4D => maxPool(localResponseNorm(map, { alpha: 5e-4, k: 2 }), { size: 3, stride: 2 });
  const pooledSize = 6;
  return {
    channels,
    stride: 16,
    cropSize: 224,
    pooledSize,
    hidden,
    convolutions: (pixels) => tf.tidy(() => conv5(conv4(conv3(reduce(conv2(reduce(conv1(pixels)))))))),
    pool5: (map) => maxPool(map, { size: 3, stride: 2 }),
    ...fullyConnected([parameters.at('fc6'), parameters.at('fc7')], { channels, pooledSize, hidden, ...fully }),
  };
}
