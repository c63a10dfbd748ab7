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
 * What the two sums of the loss are divided by. `sampled`: both by the anchors in the sample, as torchvision does. `batch`:
 * both by as many as the sample may have, as Detectron2 does. `locations`: the classes' by the sample, the boxes' by the cells
 * of the map (Faster R-CNN, §3.1.2: N_cls = 256, N_reg ≈ 2400).
 */
export type RpnNormalization = 'sampled' | 'batch' | 'locations';

/** Options of {@link rpnLoss}. */
export interface RpnLossOptions {
  readonly beta?: number;
  readonly normalization?: RpnNormalization;
  /** What the loss of boxes counts against that of objectness: λ. */
  readonly lambda?: number;
  /** Anchors that an image's sample may have, for `batch`. */
  readonly samples?: number;
  /** Cells of all maps of an image, for `locations`. */
  readonly locations?: number;
}

/**
 * Faster R-CNN, eq. 1, normalised as torchvision does unless told otherwise: both sums over the sampled anchors of all
 * images, divided by their number; binary cross entropy and smooth L1. One target an image. Dense over all anchors with weights of 0 and
 * 1: the gradient of a gather is far slower than the few extra products.
 */
export function rpnLoss(
  { objectness, deltas }: RpnPredictions,
  targets: readonly RpnTargets[],
  { beta = 1 / 9, normalization = 'sampled', lambda = 1, samples = 256, locations = 1 }: RpnLossOptions = {},
): RpnLosses {
  return tf.tidy(() => {
    const stack = <T extends tf.Tensor>(columns: readonly Float32Array[], like: T): T => {
      const all = new Float32Array(like.size);
      columns.forEach((column, image) => all.set(column, image * column.length));
      return tf.tensor(all, like.shape) as T;
    };
    const column = (name: Exclude<keyof RpnTargets, 'count'>): Float32Array[] => targets.map((target) => target[name]);
    const sampled = Math.max(1, targets.reduce((sum, target) => sum + target.count, 0));
    const classified = normalization === 'batch' ? samples * targets.length : sampled;
    const regressed = normalization === 'locations' ? locations * targets.length : classified;
    const entropy = sigmoidCrossEntropy(objectness, stack(column('labels'), objectness));
    const distance = smoothL1(tf.sub(deltas, stack(column('deltas'), deltas)), { beta });
    return {
      objectness: tf.div<tf.Scalar>(tf.sum(tf.mul(entropy, stack(column('sampled'), objectness))), classified),
      box: tf.mul<tf.Scalar>(tf.sum(tf.mul(distance, stack(column('regressed'), deltas))), lambda / regressed),
    };
  });
}
