import * as tf from '@tensorflow/tfjs-core';

/** Options of {@link maxPool}. */
export interface MaxPoolOptions {
  readonly size: number;
  readonly stride: number;
  /** Zeros on every side. */
  readonly padding?: number;
}

/**
 * Max pooling as Caffe counts: ⌈(extent + 2 · padding − size) / stride⌉ + 1 windows, the last of which may reach over the
 * edge but begins within the map or its padding before. The map must have no negative numbers, as after a ReLU: zeros
 * stand for what is outside.
 */
export function maxPool(map: tf.Tensor4D, { size, stride, padding = 0 }: MaxPoolOptions): tf.Tensor4D {
  const after = (extent: number): number => {
    const windows = Math.ceil((extent + 2 * padding - size) / stride) + 1;
    const begun = padding > 0 && (windows - 1) * stride >= extent + padding ? windows - 1 : windows;
    return Math.max(0, (begun - 1) * stride + size - extent - padding);
  };
  const [bottom, right] = [after(map.shape[1]), after(map.shape[2])];
  if (padding + bottom + right === 0) return tf.maxPool(map, size, stride, 'valid');
  return tf.tidy(() => tf.maxPool(tf.pad(map, [[0, 0], [padding, bottom], [padding, right], [0, 0]]), size, stride, 'valid'));
}
