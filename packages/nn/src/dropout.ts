import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '@rcnn/geometry';

/** Dropout (Srivastava et al. 2014): each number is kept with probability 1 − `rate`, and divided by it; for training alone. */
export function dropout<T extends tf.Tensor>(x: T, rng: Rng, { rate = 0.5 }: { rate?: number } = {}): T {
  return tf.tidy(() => {
    const mask = new Float32Array(x.size);
    for (let i = 0; i < mask.length; i++) mask[i] = rng.uniform() < rate ? 0 : 1 / (1 - rate);
    return tf.mul(x, tf.tensor(mask, x.shape));
  });
}
