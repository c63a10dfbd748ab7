import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './with-gradient.ts';

/** What pooling gives for no boxes at all: [0, height, width, C], and a gradient of zeros. */
export function emptyOutput(features: tf.Tensor4D, height: number, width: number): tf.Tensor4D {
  const { shape } = features;
  return withGradient(
    features,
    () => ({ value: tf.zeros([0, height, width, shape[3]]) }),
    () => tf.zeros(shape),
  ) as tf.Tensor4D;
}
