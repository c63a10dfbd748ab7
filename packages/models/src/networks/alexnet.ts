import * as tf from '@tensorflow/tfjs-core';
import { convolution, localResponseNorm, maxPool, type Parameters } from '@rcnn/nn';
import { fullyConnected } from './fully-connected.ts';
import type { RegionNetwork, RegionNetworkOptions } from './region-network.ts';
import { scaledChannels } from './scaled-channels.ts';

type Options = Omit<RegionNetworkOptions, 'name'>;

/** The first layer, and what makes a map smaller. */
interface Reduction {
  readonly padding: number;
  readonly cropSize: number;
  readonly reduce: (map: tf.Tensor4D) => tf.Tensor4D;
}

/** AlexNet (Krizhevsky et al. 2012) as Caffe has it: two groups in conv2, conv4 and conv5, normalised before pooling. Parameters `conv1` … `fc7`. */
export function alexNet(parameters: Parameters, options: Options = {}): RegionNetwork {
  return build(parameters, { padding: 0, cropSize: 227, reduce: (map) => maxPool(localResponseNorm(map), { size: 3, stride: 2 }) }, options);
}

/** CaffeNet (Jia et al. 2014), the network of R-CNN and "S" of Fast R-CNN: AlexNet pooled before it is normalised. */
export function caffeNet(parameters: Parameters, options: Options = {}): RegionNetwork {
  return build(parameters, { padding: 0, cropSize: 227, reduce: (map) => localResponseNorm(maxPool(map, { size: 3, stride: 2 })) }, options);
}

/**
 * CaffeNet over whole images, as in Fast R-CNN's own model S: conv1 padded by 5 pixels and the poolings by 1, so that the cells of
 * the map lie over the pixels that they see. The parameters are CaffeNet's.
 */
export function wholeImageCaffeNet(parameters: Parameters, options: Options = {}): RegionNetwork {
  // The padded layers make of 193 pixels the 13 that the classifier's pool5 had of 227.
  return build(parameters, { padding: 5, cropSize: 193, reduce: (map) => localResponseNorm(maxPool(map, { size: 3, stride: 2, padding: 1 })) }, options);
}

function build(parameters: Parameters, { padding, cropSize, reduce }: Reduction, { width = 1, hidden = [4096, 4096], ...fully }: Options): RegionNetwork {
  const [c1, c2, c3, channels] = [96, 256, 384, 256].map((each) => scaledChannels(each, width));
  const relu = { activation: 'relu' } as const;
  const conv1 = convolution(parameters.at('conv1'), { inChannels: 3, outChannels: c1, kernel: 11, stride: 4, padding, ...relu });
  const conv2 = convolution(parameters.at('conv2'), { inChannels: c1, outChannels: c2, kernel: 5, groups: 2, ...relu });
  const conv3 = convolution(parameters.at('conv3'), { inChannels: c2, outChannels: c3, ...relu });
  const conv4 = convolution(parameters.at('conv4'), { inChannels: c3, outChannels: c3, groups: 2, ...relu });
  const conv5 = convolution(parameters.at('conv5'), { inChannels: c3, outChannels: channels, groups: 2, ...relu });
  const pooledSize = 6;
  return {
    channels,
    stride: 16,
    cropSize,
    pooledSize,
    hidden,
    convolutions: (pixels) => tf.tidy(() => conv5(conv4(conv3(reduce(conv2(reduce(conv1(pixels)))))))),
    pool5: (map) => maxPool(map, { size: 3, stride: 2 }),
    ...fullyConnected([parameters.at('fc6'), parameters.at('fc7')], { channels, pooledSize, hidden, ...fully }),
  };
}
