import type * as tf from '@tensorflow/tfjs-core';
import { constant, type Parameters } from '@rcnn/nn';

/** Linear SVMs as buffers of a model, one column a class; the features' scale is among the weights. */
export interface SvmBuffers {
  readonly weight: tf.Tensor2D; // [D, K]
  readonly bias: tf.Tensor1D; // [K]
  /** The score of each class that a detection exceeds. */
  readonly threshold: tf.Tensor1D; // [K]
}

/** SVMs of `classes` on `inputs` features, zero until they are loaded: parameters `weight`, `bias`, `threshold`. */
export function svmBuffers(parameters: Parameters, { inputs, classes }: { readonly inputs: number; readonly classes: number }): SvmBuffers {
  const plain = { buffer: true, layout: { kind: 'plain' } } as const;
  return {
    weight: parameters.create('weight', [inputs, classes], constant(0), { buffer: true, layout: { kind: 'linear' } }) as tf.Tensor2D,
    bias: parameters.create('bias', [classes], constant(0), plain) as tf.Tensor1D,
    threshold: parameters.create('threshold', [classes], constant(0), plain) as tf.Tensor1D,
  };
}
