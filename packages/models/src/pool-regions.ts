import type * as tf from '@tensorflow/tfjs-core';
import { pyramidRoiAlign, pyramidRoiPool, pyramidRoiWarp, type LeveledRegions } from '@rcnn/heads';
import type { PoolingName } from './config.ts';
import type { TrunkFeatures } from './pyramid-trunk.ts';

/** How regions are sampled, where their operator samples. */
export interface RegionPooling {
  readonly outputSize: number;
  readonly samplingRatio: number;
  readonly aligned: boolean;
}

/** The features of regions by the operator of a configuration: [R, P, P, C], in the regions' order. */
export function poolRegions(pooling: PoolingName, { pyramid, input }: Pick<TrunkFeatures, 'pyramid' | 'input'>, regions: LeveledRegions, options: RegionPooling): tf.Tensor4D {
  switch (pooling) {
    case 'align':
      return pyramidRoiAlign(pyramid, regions, input, options);
    case 'pool':
      return pyramidRoiPool(pyramid, regions, input, options);
    case 'warp':
      // A sampling ratio of 0 or less means RoIAlign's own choice, which RoIWarp has not.
      return pyramidRoiWarp(pyramid, regions, input, { outputSize: options.outputSize, samplingRatio: Math.max(1, options.samplingRatio) });
  }
}
