import * as tf from '@tensorflow/tfjs-core';

/**
 * A transposed convolution whose filters do not overlap, `y[s·i + a, s·j + b] = W[a, b] · x[i, j]`: [N, H, W, Ci] under
 * [s, s, Co, Ci] → [N, sH, sW, Co]. One matrix product and a change of order, with gradients on every engine.
 */
export function spreadPixels(x: tf.Tensor4D, filters: tf.Tensor): tf.Tensor4D {
  return tf.tidy(() => {
    const [images, height, width] = x.shape;
    const [stride, , outChannels, inChannels] = filters.shape;
    const matrix = tf.reshape<tf.Rank.R2>(filters, [stride * stride * outChannels, inChannels]);
    const products = tf.matMul(tf.reshape<tf.Rank.R2>(x, [images * height * width, inChannels]), matrix, false, true);
    const rows = tf.reshape(products, [images * height, width, stride, stride * outChannels]);
    return tf.reshape<tf.Rank.R4>(tf.transpose(rows, [0, 2, 1, 3]), [images, height * stride, width * stride, outChannels]);
  });
}
