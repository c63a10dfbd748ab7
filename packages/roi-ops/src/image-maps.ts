import * as tf from '@tensorflow/tfjs-core';

/** The map of each image, [H,W,C], out of [N,H,W,C]. Slices, because the gradient of tfjs's `unstack` fails for a batch of one. */
export function imageMaps(features: tf.Tensor4D): tf.Tensor3D[] {
  const [count, height, width, channels] = features.shape;
  return Array.from({ length: count }, (_, image) =>
    tf.reshape(tf.slice(features, [image, 0, 0, 0], [1, height, width, channels]), [height, width, channels]),
  );
}
