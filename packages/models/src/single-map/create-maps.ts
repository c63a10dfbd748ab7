import * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from '@rcnn/nn';
import { createBackbone } from '../backbone.ts';
import type { RegionTrunk } from '../fast-rcnn/region-trunk.ts';
import { featurePyramid } from '../feature-pyramid.ts';
import { createRegionNetwork } from '../networks/create-region-network.ts';
import type { RegionProposalNetworkConfig } from './config.ts';

/** The maps that anchors stand on, without what regions need: of a classifier network its convolutions. */
export function createMaps(parameters: Parameters, { backbone, fpn }: Pick<RegionProposalNetworkConfig, 'backbone' | 'fpn'>): Pick<RegionTrunk, 'channels' | 'stride' | 'maps'> {
  if ('hidden' in backbone) {
    const network = createRegionNetwork(parameters, { ...backbone, layers: false, input: 'image' });
    return { channels: network.channels, stride: network.stride, maps: (pixels) => [network.convolutions(pixels)] };
  }
  const body = createBackbone(parameters.at('body'), backbone);
  if (fpn === null) {
    return { channels: body.channels[body.channels.length - 1], stride: 2 ** backbone.levels[1], maps: (pixels, pass) => tf.tidy(() => body.forward(pixels, pass).slice(-1)) };
  }
  const neck = featurePyramid(parameters.at('fpn'), { inChannels: body.channels, ...fpn });
  return { channels: fpn.channels, maps: (pixels, pass) => tf.tidy(() => neck(body.forward(pixels, pass), pass)) };
}
