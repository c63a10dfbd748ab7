import * as tf from '@tensorflow/tfjs-core';
import { pyramidRoiAlign, sortByLevel } from '@rcnn/heads';
import { kaimingUniform, type Parameters } from '@rcnn/nn';
import { createBackbone } from '../backbone.ts';
import type { BackboneConfig, PyramidConfig } from '../config.ts';
import { featurePyramid } from '../feature-pyramid.ts';
import { flattened, fullyConnected } from '../networks/fully-connected.ts';
import type { RegionsConfig } from './config.ts';
import { layersOfRegions } from './layers-of-regions.ts';
import { inOriginalOrder } from './region-order.ts';
import { cutRegions } from './region-operator.ts';
import type { RegionTrunk } from './region-trunk.ts';

interface Options {
  readonly backbone: BackboneConfig;
  readonly fpn: PyramidConfig | null;
  readonly regions: Exclude<RegionsConfig, { kind: 'network' }>;
}

/** A trunk over a ResNet or MobileNet: its last map, or a pyramid over its maps. */
export function backboneTrunk(root: Parameters, { backbone, fpn, regions }: Options): RegionTrunk {
  const body = createBackbone(root.at('backbone').at('body'), backbone);
  const layers = root.at('roi_heads').at('box_head');
  if (fpn !== null) {
    if (regions.kind !== 'layers' || regions.operator.kind !== 'align') throw new Error('config: expected regions of kind layers with the operator align over a pyramid');
    const { channels } = fpn;
    const neck = featurePyramid(root.at('backbone').at('fpn'), { inChannels: body.channels, ...fpn });
    const { operator, hidden, ranks } = regions;
    const { fc6, fc7 } = fullyConnected([layers.at('fc6'), layers.at('fc7')], { channels, pooledSize: operator.resolution, hidden, ranks, initializer: kaimingUniform() });
    return {
      channels,
      width: hidden[1],
      maps: (pixels, pass) => tf.tidy(() => neck(body.forward(pixels, pass), pass)),
      describe: (maps, wanted, input) => {
        // The level that only anchors stand on is the last one.
        const pooled = maps.slice(0, -1);
        const sorted = sortByLevel(wanted, pooled, input, regions);
        const rows = tf.tidy(() => fc7(fc6(flattened(pyramidRoiAlign(pooled, sorted, input, { ...operator, outputSize: operator.resolution })))));
        return { rows, order: sorted.order };
      },
    };
  }
  const channels = body.channels[body.channels.length - 1];
  const stride = 2 ** backbone.levels[1];
  const maps: RegionTrunk['maps'] = (pixels, pass) => tf.tidy(() => body.forward(pixels, pass).slice(-1));
  if (regions.kind === 'layers') return { channels, stride, maps, ...layersOfRegions(layers, { ...regions, channels, stride }) };
  const { nextStage } = body;
  if (nextStage === undefined) throw new Error(`config: expected a ResNet whose levels end before 5 for regions of kind stage, got ${backbone.name} up to ${backbone.levels[1]}`);
  return {
    channels,
    stride,
    maps,
    width: nextStage.channels,
    describe: ([map], wanted, _, pass) => ({
      rows: tf.tidy(() => tf.mean<tf.Tensor2D>(nextStage.forward(cutRegions(map, wanted, stride, regions.operator), pass), [1, 2])),
      order: inOriginalOrder(wanted.images.length),
    }),
  };
}
