import * as tf from '@tensorflow/tfjs-core';

/** The numbers that tooling/golden/roi_ops.py makes: i · 2654435761 mod 2³² >> 16, mod `levels`, over `levels`, less a half. */
export function pattern(shape: readonly number[], levels: number): Float32Array {
  return Float32Array.from(
    { length: tf.util.sizeFromShape([...shape]) },
    (_, i) => ((Math.imul(i, 2654435761) >>> 16) % levels) / levels - 0.5,
  );
}

/** {@link pattern} as a map of features. */
export function patternMap(shape: readonly number[], levels: number): tf.Tensor4D {
  return tf.tensor4d(pattern(shape, levels), shape as [number, number, number, number]);
}
