import * as tf from '@tensorflow/tfjs-core';
import { ownMasks } from './own-masks.ts';

/** The probabilities of each region's class in every pixel under a softmax over the classes: logits [R, m, m, K + 1] → [R, m, m]. */
export function multinomialMaskProbabilities(logits: tf.Tensor4D, labels: Int32Array): tf.Tensor3D {
  return tf.tidy(() => (logits.shape[0] === 0 ? ownMasks(logits, labels) : ownMasks(tf.softmax(logits), labels)));
}
