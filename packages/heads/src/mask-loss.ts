import * as tf from '@tensorflow/tfjs-core';
import { sigmoidCrossEntropy } from '@rcnn/nn';
import { ownMasks } from './own-masks.ts';

/**
 * The loss of independent masks (He et al. 2017, §3): the mean binary cross-entropy over the pixels of each region's own mask, the
 * one of its class; the other classes' do not enter. 0 for no region.
 * @param logits [R, m, m, masks]
 * @param own which of its masks is a region's own: its class, or 0 where one mask serves all classes
 * @param targets [R, m, m], from 0 to 1
 */
export function maskLoss(logits: tf.Tensor4D, own: Int32Array, targets: Float32Array): tf.Scalar {
  return tf.tidy(() => {
    const [regions, side] = logits.shape;
    // Not every engine sums no numbers to 0.
    if (regions === 0) return tf.scalar(0);
    return tf.mean<tf.Scalar>(sigmoidCrossEntropy(ownMasks(logits, own), tf.tensor3d(targets, [regions, side, side])));
  });
}
