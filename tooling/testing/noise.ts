import * as tf from '@tensorflow/tfjs-core';

/** The numbers that tooling/golden/common.py makes: a hash of the index and the seed as 24 bits, uniform in [−0.5, 0.5). */
export function noise(shape: readonly number[], seed = 0): Float32Array {
  const values = new Float32Array(tf.util.sizeFromShape([...shape]));
  const from = Math.imul(seed, 0x9e3779b9);
  for (let i = 0; i < values.length; i++) {
    let z = (i + from) | 0;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    values[i] = ((z ^ (z >>> 16)) >>> 8) / 2 ** 24 - 0.5;
  }
  return values;
}

/** {@link noise} as a tensor, times `scale`, plus `offset`. */
export function noiseTensor<T extends tf.Tensor>(shape: readonly number[], seed: number, scale = 1, offset = 0): T {
  return tf.tensor(noise(shape, seed).map((value) => Math.fround(value * scale) + offset), [...shape]) as T;
}
