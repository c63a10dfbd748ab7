import * as tf from '@tensorflow/tfjs-core';
import { convolution, maxPool, type Parameters } from '@rcnn/nn';
import { fullyConnected } from './fully-connected.ts';
import type { RegionNetwork, RegionNetworkOptions } from './region-network.ts';
import { scaledChannels } from './scaled-channels.ts';

/** Channels of each stage's convolutions (Simonyan & Zisserman 2015, table 1, D); stages are pooled, the last by `pool5`. */
const stages = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]] as const;

/** VGG16, "L" of Fast R-CNN. Parameters as torchvision's: `features.0` … `features.28`, `classifier.0`, `classifier.3`. */
export function vgg16(parameters: Parameters, { width = 1, hidden = [4096, 4096], ...fully }: Omit<RegionNetworkOptions, 'name'> = {}): RegionNetwork {
  const features = parameters.at('features');
  const pool = (map: tf.Tensor4D): tf.Tensor4D => maxPool(map, { size: 2, stride: 2 });
  const layers: ((map: tf.Tensor4D) => tf.Tensor4D)[] = [];
  let inChannels = 3;
  // Where torchvision's sequence has got to: each convolution is followed by a ReLU there.
  let place = 0;
  for (const stage of stages) {
    if (layers.length > 0) {
      layers.push(pool);
      place++;
    }
    for (const published of stage) {
      const outChannels = scaledChannels(published, width);
      layers.push(convolution(features.at(String(place)), { inChannels, outChannels, activation: 'relu' }));
      place += 2;
      inChannels = outChannels;
    }
  }
  const [channels, pooledSize] = [inChannels, 7];
  const classifier = parameters.at('classifier');
  return {
    channels,
    stride: 16,
    cropSize: 224,
    pooledSize,
    hidden,
    convolutions: (pixels) => tf.tidy(() => layers.reduce((map, layer) => layer(map), pixels)),
    pool5: pool,
    ...fullyConnected([classifier.at('0'), classifier.at('3')], { channels, pooledSize, hidden, ...fully }),
  };
}
