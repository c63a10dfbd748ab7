import * as tf from '@tensorflow/tfjs-core';
import type { DetectOptions } from './detector.ts';

/**
 * Says that features are computed, if anybody asks: an engine on a GPU puts work off, so that one number of each tensor is read before.
 * What nobody asks for costs nothing.
 */
export async function featuresEnd(tensors: readonly tf.Tensor[], onPart: DetectOptions['onPart']): Promise<void> {
  if (onPart === undefined) return;
  const numbers = tf.tidy(() => tf.concat(tensors.map((tensor) => tf.slice(tf.reshape(tensor, [-1]), 0, 1))));
  await numbers.data();
  numbers.dispose();
  onPart('features');
}
