import * as tf from '@tensorflow/tfjs-core';
import { ownMasks } from './own-masks.ts';

/** The probabilities of each region's own mask under independent sigmoids: logits [R, m, m, masks] → [R, m, m]. */
export function maskProbabilities(logits: tf.Tensor4D, own: Int32Array): tf.Tensor3D {
  return tf.tidy(() => tf.sigmoid(ownMasks(logits, own)));
}
