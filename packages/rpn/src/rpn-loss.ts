import * as tf from '@tensorflow/tfjs-core';
import { sigmoidCrossEntropy, smoothL1 } from '@rcnn/nn';
import type { RpnPredictions } from './rpn-head.ts';
import type { RpnTargets } from './rpn-targets.ts';

/** The two losses of the region proposal network. */
export interface RpnLosses {
  readonly objectness: tf.Scalar;
  readonly box: tf.Scalar;
}

/**
 * Faster R-CNN, eq. 1, normalised as torchvision does: both sums over the sampled anchors of all images, divided by
 * their number; binary cross entropy and smooth L1. One target an image. Dense over all anchors with weights of 0 and
 * 1: the gradient of a gather is far slower than the few extra products.
 */
export function rpnLoss(
  { objectness, deltas }: RpnPredictions,
  targets: readonly RpnTargets[],
  { beta = 1 / 9 }: { beta?: number } = {},
): RpnLosses {
  return tf.tidy(() => {
    const stack = <T extends tf.Tensor>(columns: readonly Float32Array[], like: T): T => {
      const all = new Float32Array(like.size);
      columns.forEach((column, image) => all.set(column, image * column.length));
      return tf.tensor(all, like.shape) as T;
    };
    const column = (name: Exclude<keyof RpnTargets, 'count'>): Float32Array[] => targets.map((target) => target[name]);
    const count = Math.max(1, targets.reduce((sum, target) => sum + target.count, 0));
    const entropy = sigmoidCrossEntropy(objectness, stack(column('labels'), objectness));
    const distance = smoothL1(tf.sub(deltas, stack(column('deltas'), deltas)), { beta });
    return {
      objectness: tf.div<tf.Scalar>(tf.sum(tf.mul(entropy, stack(column('sampled'), objectness))), count),
      box: tf.div<tf.Scalar>(tf.sum(tf.mul(distance, stack(column('regressed'), deltas))), count),
    };
  });
}
