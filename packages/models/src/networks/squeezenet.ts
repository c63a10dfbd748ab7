import * as tf from '@tensorflow/tfjs-core';
import { convolution, maxPool, type Parameters } from '@rcnn/nn';
import { fullyConnected } from './fully-connected.ts';
import type { RegionNetwork, RegionNetworkOptions } from './region-network.ts';
import { scaledChannels } from './scaled-channels.ts';

/** Places in torchvision's `features`, and channels of the squeezing and of each expanding convolution (Iandola et al. 2016, table 1). */
const fires = [[3, 16, 64], [4, 16, 64], [5, 32, 128], [7, 32, 128], [8, 48, 192], [9, 48, 192], [10, 64, 256], [12, 64, 256]] as const;

/**
 * SqueezeNet v1.0 up to fire9. It has no fully connected layers: fc6 and fc7 are added, narrow ones, and `pool5` before
 * them. Parameters as torchvision's `features.0`, `features.3.squeeze`, …, then `fc6`, `fc7`.
 */
export function squeezeNet(parameters: Parameters, { width = 1, hidden = [512, 512], ...fully }: Omit<RegionNetworkOptions, 'name'> = {}): RegionNetwork {
  const features = parameters.at('features');
  const pool = (map: tf.Tensor4D): tf.Tensor4D => maxPool(map, { size: 3, stride: 2 });
  const stem = scaledChannels(96, width);
  const layers = [convolution(features.at('0'), { inChannels: 3, outChannels: stem, kernel: 7, stride: 2, padding: 0, activation: 'relu' }), pool];
  let inChannels = stem;
  for (const [place, squeezed, expanded] of fires) {
    if (place === 7 || place === 12) layers.push(pool);
    const outChannels = scaledChannels(expanded, width);
    layers.push(fire(features.at(String(place)), { inChannels, squeezed: scaledChannels(squeezed, width), outChannels }));
    inChannels = 2 * outChannels;
  }
  const [channels, pooledSize] = [inChannels, 6];
  return {
    channels,
    stride: 16,
    cropSize: 227,
    pooledSize,
    hidden,
    convolutions: (pixels) => tf.tidy(() => layers.reduce((map, layer) => layer(map), pixels)),
    pool5: pool,
    ...fullyConnected([parameters.at('fc6'), parameters.at('fc7')], { channels, pooledSize, hidden, ...fully }),
  };
}

/** Few channels by 1×1, then as many by 1×1 as by 3×3, side by side. */
function fire(at: Parameters, { inChannels, squeezed, outChannels }: { inChannels: number; squeezed: number; outChannels: number }): (map: tf.Tensor4D) => tf.Tensor4D {
  const squeeze = convolution(at.at('squeeze'), { inChannels, outChannels: squeezed, kernel: 1, activation: 'relu' });
  const narrow = convolution(at.at('expand1x1'), { inChannels: squeezed, outChannels, kernel: 1, activation: 'relu' });
  const wide = convolution(at.at('expand3x3'), { inChannels: squeezed, outChannels, activation: 'relu' });
  return (map) => {
    const few = squeeze(map);
    return tf.concat([narrow(few), wide(few)], 3);
  };
}
