import * as tf from '@tensorflow/tfjs-core';

/**
 * Maps of twice the height and width by bilinear interpolation between pixels' centres, [N, H, W, C] → [N, 2H, 2W, C]: every new pixel
 * lies a quarter of an old one beside an old centre, so that it is ¾ of that pixel and ¼ of the next, edges repeated. tfjs's own resizing
 * has no gradient between centres.
 */
export function doubleBilinear(x: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const [images, height, width, channels] = x.shape;
    const taller = tf.reshape(doubled(tf.reshape(x, [images, height, width * channels])), [images * 2 * height, width, channels]);
    return tf.reshape<tf.Rank.R4>(doubled(taller as tf.Tensor3D), [images, 2 * height, 2 * width, channels]);
  });
}

/** The same along the second axis: [N, L, C] → [N, 2L, C]. */
function doubled(x: tf.Tensor3D): tf.Tensor3D {
  const [count, length, channels] = x.shape;
  const first = tf.slice(x, [0, 0, 0], [count, 1, channels]);
  const last = tf.slice(x, [0, length - 1, 0], [count, 1, channels]);
  const before = tf.concat([first, tf.slice(x, [0, 0, 0], [count, length - 1, channels])], 1);
  const after = tf.concat([tf.slice(x, [0, 1, 0], [count, length - 1, channels]), last], 1);
  const near = tf.mul(x, 0.75);
  const pair = [before, after].map((other) => tf.reshape(tf.add(near, tf.mul(other, 0.25)), [count, length, 1, channels]));
  return tf.reshape(tf.concat(pair, 2), [count, 2 * length, channels]);
}
