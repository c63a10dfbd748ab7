import { createRng } from '@rcnn/geometry';
import { boxHead, convolutionalBoxHead, maskHead, type BoxPredictions } from '@rcnn/heads';
import { loadStateDict } from '@rcnn/models';
import { createParameters } from '@rcnn/nn';
import type * as tf from '@tensorflow/tfjs-core';
import type { OpenedModel } from './trunk.ts';

/** The heads of a model on pooled features, each to be run by itself. */
export interface Heads {
  readonly box: (pooled: tf.Tensor4D) => BoxPredictions;
  readonly mask: (pooled: tf.Tensor4D) => tf.Tensor4D;
  readonly dispose: () => void;
}

/** Composes the heads of a model from the packages' parts, under the names that the model's weights have. */
export function createHeads({ config: { box, mask, fpn, classes: names }, weights }: OpenedModel): Heads {
  const root = createParameters(createRng(0));
  const parameters = root.at('roi_heads');
  const classes = names.length + 1;
  const options = { channels: fpn.channels, resolution: box.resolution, hidden: box.hidden, classes };
  const boxes = box.convolutions === 0 ? boxHead(parameters, options) : convolutionalBoxHead(parameters, { ...options, convolutions: box.convolutions });
  const masks = maskHead(parameters, { channels: fpn.channels, convolutions: mask.layers, norm: mask.norm, hidden: mask.hidden, masks: mask.classes === 'agnostic' ? 1 : classes });
  loadStateDict(root.all(), weights);
  const pass = { training: false };
  return { box: (pooled) => boxes(pooled, pass), mask: (pooled) => masks(pooled, pass), dispose: root.dispose };
}
