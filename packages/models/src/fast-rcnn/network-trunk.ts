import * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from '@rcnn/nn';
import { roiPool } from '@rcnn/roi-ops';
import { createRegionNetwork } from '../networks/create-region-network.ts';
import { flattened } from '../networks/fully-connected.ts';
import type { NetworkBackboneConfig, RegionsConfig } from './config.ts';
import { layersOfRegions } from './layers-of-regions.ts';
import type { RegionTrunk } from './region-trunk.ts';
import { inOriginalOrder } from './region-order.ts';

/** A trunk that is a classifier network: its convolutions, RoIPool in the place of its last pooling, its fully connected layers. */
export function networkTrunk(
  root: Parameters,
  { backbone, regions }: { backbone: NetworkBackboneConfig; regions: Exclude<RegionsConfig, { kind: 'stage' }> },
): RegionTrunk {
  const ranks = regions.kind === 'network' ? regions.ranks : null;
  const network = createRegionNetwork(root.at('backbone'), { ...backbone, ranks, layers: regions.kind === 'network', input: 'image' });
  const { channels, stride } = network;
  const maps: RegionTrunk['maps'] = (pixels) => [network.convolutions(pixels)];
  if (regions.kind === 'layers') return { channels, stride, maps, ...layersOfRegions(root.at('roi_heads').at('box_head'), { ...regions, channels, stride }) };
  return {
    channels,
    stride,
    maps,
    width: network.hidden[1],
    describe: ([map], { boxes, images }, _, { dropout }) => ({
      rows: tf.tidy(() => {
        const pooled = roiPool(map, boxes, images, { outputSize: network.pooledSize, spatialScale: 1 / stride });
        return network.fc7(network.fc6(flattened(pooled), dropout), dropout);
      }),
      order: inOriginalOrder(images.length),
    }),
  };
}
