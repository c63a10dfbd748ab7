import * as tf from '@tensorflow/tfjs-core';
import type { BoxDeltas } from '@rcnn/geometry';
import { smoothL1, softmaxCrossEntropy } from '@rcnn/nn';
import type { BoxPredictions } from './box-head.ts';

/** The two losses of the box head. */
export interface BoxLosses {
  readonly classification: tf.Scalar;
  readonly box: tf.Scalar;
}

/**
 * Fast R-CNN, §2.3: L = mean over regions of −log p_u + [u ≥ 1] · smooth L1(t^u − v), with the deltas of the region's own
 * class u, both divided by the number of regions as torchvision does.
 */
export function boxLoss(
  { logits, deltas }: BoxPredictions,
  targets: { readonly labels: Int32Array; readonly deltas: BoxDeltas },
  { beta = 1 / 9 }: { beta?: number } = {},
): BoxLosses {
  return tf.tidy(() => {
    const [regions, classes] = logits.shape;
    // Not every engine sums no numbers to 0.
    if (regions === 0) return { classification: tf.scalar(0), box: tf.scalar(0) };
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
    const entropy = softmaxCrossEntropy(logits, tf.tensor2d(oneHot, logits.shape));
    const distance = smoothL1(tf.sub(deltas, tf.tensor2d(wanted, deltas.shape)), { beta });
    return {
      classification: tf.div<tf.Scalar>(tf.sum(entropy), regions),
      box: tf.div<tf.Scalar>(tf.sum(tf.mul(distance, tf.tensor2d(regressed, deltas.shape))), regions),
    };
  });
}
