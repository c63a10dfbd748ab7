import * as tf from '@tensorflow/tfjs-core';

/** Options of {@link localResponseNorm}. */
export interface LocalResponseNormOptions {
  /** Channels that are summed: an odd number, the channel itself in their middle. */
  readonly size?: number;
  readonly alpha?: number;
  readonly beta?: number;
  readonly k?: number;
}

/**
 * Local response normalisation across channels (Krizhevsky et al. 2012, §3.3) with α per channel summed, as Caffe and
 * PyTorch have it: y = x / (k + α/n · Σ x²)^β over the n channels around each.
 */
export function localResponseNorm(map: tf.Tensor4D, { size = 5, alpha = 1e-4, beta = 0.75, k = 1 }: LocalResponseNormOptions = {}): tf.Tensor4D {
  return tf.tidy(() => {
    const channels = map.shape[3];
    const reach = (size - 1) / 2;
    const band = new Float32Array(channels * channels);
    for (let i = 0; i < band.length; i++) {
      if (Math.abs(Math.floor(i / channels) - (i % channels)) <= reach) band[i] = alpha / size;
    }
    // The sum over neighbouring channels as a product: one fast kernel, and its gradient another.
    const sums = tf.matMul(tf.reshape(tf.square(map), [-1, channels]), tf.tensor2d(band, [channels, channels]));
    return tf.mul(map, tf.reshape(power(tf.add(sums, k), -beta), map.shape));
  });
}

/**
 * Local response normalisation within a channel, as Caffe's `WITHIN_CHANNEL`: y = x / (1 + α · mean x²)^β over the
 * `size` × `size` pixels around each, those outside the map counted as 0.
 */
export function localResponseNormWithinChannel(
  map: tf.Tensor4D,
  { size = 3, alpha = 5e-5, beta = 0.75 }: Omit<LocalResponseNormOptions, 'k'> = {},
): tf.Tensor4D {
  return tf.tidy(() => {
    const [, height, width] = map.shape;
    const reach = (size - 1) / 2;
    const padded = tf.pad(tf.square(map), [[0, 0], [reach, reach], [reach, reach], [0, 0]]);
    // First along rows, then along columns, by slices: average pooling divides by the pixels inside alone.
    const shifted = (x: tf.Tensor4D, axis: 1 | 2, extent: number): tf.Tensor4D =>
      tf.addN(
        Array.from({ length: size }, (_, at) => {
          const begin = [0, 0, 0, 0];
          const extents = [-1, -1, -1, -1];
          begin[axis] = at;
          extents[axis] = extent;
          return tf.slice(x, begin, extents);
        }),
      );
    const sums = shifted(shifted(padded, 1, height), 2, width);
    return tf.mul(map, power(tf.add(tf.mul(sums, alpha / size ** 2), 1), -beta));
  });
}

/** x to a constant power, x > 0: the gradient of tfjs's own asks for one with respect to the exponent too. */
function power(x: tf.Tensor, exponent: number): tf.Tensor {
  return tf.exp(tf.mul(tf.log(x), exponent));
}
