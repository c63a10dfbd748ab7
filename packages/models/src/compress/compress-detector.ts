import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '@rcnn/geometry';
import { truncatedSvd } from '@rcnn/nn';
import { toFloat32, type StateDict, type Weight } from '@rcnn/weights';
import type { FastRcnnConfig } from '../fast-rcnn/config.ts';
import type { SingleMapFasterRcnnConfig } from '../single-map/config.ts';

/** A detector whose fully connected layers can be compressed. */
export type CompressibleConfig = FastRcnnConfig | SingleMapFasterRcnnConfig;

/**
 * A detector with fc6 and fc7 replaced by two thinner layers each (truncated SVD, Fast R-CNN, §3.1): its configuration, and the
 * parameters in torchvision's layouts. Published for VGG16: ranks 1024 and 256.
 * @throws Error if the detector has no such layers, has them compressed already, or a rank is above a layer's smaller extent
 */
export function compressDetector<C extends CompressibleConfig>(
  config: C, state: StateDict, ranks: readonly [number, number], rng: Rng,
): { readonly config: C; readonly state: StateDict } {
  const { regions, backbone } = config;
  if (regions.kind === 'stage') throw new Error('compress: expected a detector with fully connected layers, got one with a stage of a ResNet');
  if (regions.ranks !== null) throw new Error(`compress: expected whole layers, got ones of ranks ${regions.ranks.join(' and ')}`);
  const places = regions.kind === 'layers'
    ? ['roi_heads.box_head.fc6', 'roi_heads.box_head.fc7']
    : backbone.name === 'vgg16' ? ['backbone.classifier.0', 'backbone.classifier.3'] : ['backbone.fc6', 'backbone.fc7'];
  const compressed = new Map<string, Weight>(state);
  places.forEach((place, i) => {
    const weight = state.get(`${place}.weight`);
    const bias = state.get(`${place}.bias`);
    if (weight === undefined || bias === undefined) throw new Error(`compress: expected the parameter "${place}.weight", found it missing`);
    const [outputs, inputs] = weight.shape;
    tf.tidy(() => {
      const { first, second } = truncatedSvd(tf.tensor2d(toFloat32(weight).data, [outputs, inputs]), ranks[i], rng);
      compressed.set(`${place}.L.weight`, { shape: second.shape, data: second.dataSync<'float32'>().slice() });
      compressed.set(`${place}.U.weight`, { shape: first.shape, data: first.dataSync<'float32'>().slice() });
    });
    compressed.set(`${place}.U.bias`, bias);
    compressed.delete(`${place}.weight`);
    compressed.delete(`${place}.bias`);
  });
  return { config: { ...config, regions: { ...regions, ranks } }, state: compressed };
}
