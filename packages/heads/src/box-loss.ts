import * as tf from '@tensorflow/tfjs-core';
import type { BoxDeltas } from '@rcnn/geometry';
import { smoothL1, softmaxCrossEntropy } from '@rcnn/nn';
import type { BoxPredictions } from './box-head.ts';
import { meanRegionLosses } from './mean-region-losses.ts';

/** The two losses of the box head. */
export interface BoxLosses {
  readonly classification: tf.Scalar;
  readonly box: tf.Scalar;
}

/** The same of each region by itself. */
export interface RegionLosses {
  readonly classification: tf.Tensor1D; // [R]
  readonly box: tf.Tensor1D; // [R]
}

/** What the regions are to say: their classes, 0 for background, and the deltas of those that are objects. */
export interface BoxTargets {
  readonly labels: Int32Array; // [R]
  readonly deltas: BoxDeltas; // [R, 4]
}

/** Options of {@link regionLosses}. */
export interface RegionLossesOptions {
  /** Where smooth L1 passes from quadratic to linear. */
  readonly beta?: number;
}

/** The two losses of every region, [R] each: −log p_u, and [u ≥ 1] · smooth L1(t^u − v) with the deltas of its own class u. */
export function regionLosses(
  { logits, deltas }: BoxPredictions,
  targets: BoxTargets,
  { beta = 1 / 9 }: RegionLossesOptions = {},
): RegionLosses {
  return tf.tidy(() => {
    const [regions, classes] = logits.shape;
    const oneHot = new Float32Array(regions * classes);
    const wanted = new Float32Array(4 * regions * classes);
    const regressed = new Float32Array(4 * regions * classes);
    targets.labels.forEach((label, region) => {
      oneHot[region * classes + label] = 1;
      if (label === 0) return;
      const at = 4 * (region * classes + label);
      wanted.set(targets.deltas.subarray(4 * region, 4 * region + 4), at);
      regressed.fill(1, at, at + 4);
    });
    const distance = smoothL1(tf.sub(deltas, tf.tensor2d(wanted, deltas.shape)), { beta });
    return {
      classification: softmaxCrossEntropy(logits, tf.tensor2d(oneHot, logits.shape)),
      box: tf.sum<tf.Tensor1D>(tf.mul(distance, tf.tensor2d(regressed, deltas.shape)), 1),
    };
  });
}

/** Options of {@link boxLoss}. */
export interface BoxLossOptions extends RegionLossesOptions {
  /** What the loss of boxes counts against that of classes. */
  readonly lambda?: number;
}

/**
 * Fast R-CNN, §2.3: L = mean over regions of −log p_u + λ [u ≥ 1] · smooth L1(t^u − v), with the deltas of the region's own
 * class u, both divided by the number of regions as torchvision does.
 */
export function boxLoss(predictions: BoxPredictions, targets: BoxTargets, { beta = 1 / 9, lambda = 1 }: BoxLossOptions = {}): BoxLosses {
  return tf.tidy(() => ({ ...meanRegionLosses(regionLosses(predictions, targets, { beta }), { lambda }) }));
}
