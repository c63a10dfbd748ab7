import * as tf from '@tensorflow/tfjs-core';

/** Of each region's masks [R, m, m, masks] its own, `own[r]`: [R, m, m]. By a product, because tfjs's gradient of a gather is slow. */
export function ownMasks(masks: tf.Tensor4D, own: Int32Array): tf.Tensor3D {
  return tf.tidy(() => {
    const [regions, side, , count] = masks.shape;
    if (regions === 0) return tf.zeros([0, side, side]);
    if (count === 1) return tf.reshape(masks, [regions, side, side]);
    const chosen = new Float32Array(regions * count);
    own.forEach((mask, region) => (chosen[region * count + mask] = 1));
    return tf.sum(tf.mul(masks, tf.tensor4d(chosen, [regions, 1, 1, count])), 3);
  });
}
