import * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from '@rcnn/nn';
import { kaimingUniform } from '@rcnn/nn';
import { flattened, fullyConnected } from '../networks/fully-connected.ts';
import type { RegionsConfig } from './config.ts';
import { inOriginalOrder } from './region-order.ts';
import { cutRegions } from './region-operator.ts';
import type { RegionTrunk } from './region-trunk.ts';

/** Two fully connected layers over regions of one map; parameters `fc6`, `fc7`. */
export function layersOfRegions(
  parameters: Parameters,
  { channels, stride, operator, hidden, ranks }: Extract<RegionsConfig, { kind: 'layers' }> & { readonly channels: number; readonly stride: number },
): Pick<RegionTrunk, 'width' | 'describe'> {
  const { fc6, fc7 } = fullyConnected([parameters.at('fc6'), parameters.at('fc7')], { channels, pooledSize: operator.resolution, hidden, ranks, initializer: kaimingUniform() });
  return {
    width: hidden[1],
    describe: ([map], regions) => ({
      rows: tf.tidy(() => fc7(fc6(flattened(cutRegions(map, regions, stride, operator))))),
      order: inOriginalOrder(regions.images.length),
    }),
  };
}
