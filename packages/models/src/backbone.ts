import type * as tf from '@tensorflow/tfjs-core';
import type { Parameters, Pass } from '@rcnn/nn';
import type { BackboneConfig } from './config.ts';
import { mobilenetV2 } from './mobilenet-v2.ts';
import { mobilenetV3Large } from './mobilenet-v3.ts';
import { resnet } from './resnet.ts';

/** A network that computes maps of halving resolution from an image. */
export interface Backbone {
  /** Channels of each map. */
  readonly channels: readonly number[];
  /** The maps from stride `2 ** levels[0]` to `2 ** levels[1]`, finest first. */
  readonly forward: (pixels: tf.Tensor4D, pass: Pass) => tf.Tensor4D[];
  /** The stage that would follow the coarsest of the maps, for detectors that run it on regions; a ResNet has one below level 5. */
  readonly nextStage?: { readonly channels: number; readonly forward: (map: tf.Tensor4D, pass: Pass) => tf.Tensor4D } | undefined;
}

/** The backbone of a configuration, its parameters created at `parameters`. */
export function createBackbone(parameters: Parameters, config: BackboneConfig): Backbone {
  switch (config.name) {
    case 'resnet18':
      return resnet(parameters, { ...config, block: 'basic', depths: [2, 2, 2, 2] });
    case 'resnet34':
      return resnet(parameters, { ...config, block: 'basic', depths: [3, 4, 6, 3] });
    case 'resnet50':
      return resnet(parameters, { ...config, block: 'bottleneck', depths: [3, 4, 6, 3] });
    case 'resnet101':
      return resnet(parameters, { ...config, block: 'bottleneck', depths: [3, 4, 23, 3] });
    case 'resnext50_32x4d':
      return resnet(parameters, { ...config, block: 'bottleneck', depths: [3, 4, 6, 3], groups: 32, groupWidth: 4 });
    case 'resnext101_32x4d':
      return resnet(parameters, { ...config, block: 'bottleneck', depths: [3, 4, 23, 3], groups: 32, groupWidth: 4 });
    case 'resnext101_32x8d':
      return resnet(parameters, { ...config, block: 'bottleneck', depths: [3, 4, 23, 3], groups: 32, groupWidth: 8 });
    case 'resnext101_64x4d':
      return resnet(parameters, { ...config, block: 'bottleneck', depths: [3, 4, 23, 3], groups: 64, groupWidth: 4 });
    case 'mobilenet_v2':
      return mobilenetV2(parameters, config);
    case 'mobilenet_v3_large':
      return mobilenetV3Large(parameters, config);
  }
}
