import * as tf from '@tensorflow/tfjs-core';

/** The filter with `dilation − 1` zeros between its taps: a plain convolution with it is the dilated one with `filter`. */
export function dilateFilter(filter: tf.Tensor4D, dilation: number): tf.Tensor4D {
  const [height, width, inChannels, outChannels] = filter.shape;
  const extent = (taps: number) => dilation * (taps - 1) + 1;
  const gap: [number, number] = [0, dilation - 1];
  return tf.tidy(() => {
    const byRow = tf.pad(tf.reshape(filter, [height, 1, width, inChannels * outChannels]), [[0, 0], gap, [0, 0], [0, 0]]);
    const byColumn = tf.pad(tf.reshape(byRow, [height * dilation, width, 1, inChannels * outChannels]), [[0, 0], [0, 0], gap, [0, 0]]);
    const spread = tf.reshape<tf.Rank.R3>(byColumn, [height * dilation, width * dilation, inChannels * outChannels]);
    const cut = tf.slice3d(spread, [0, 0, 0], [extent(height), extent(width), -1]);
    return tf.reshape(cut, [extent(height), extent(width), inChannels, outChannels]);
  });
}
