import * as tf from '@tensorflow/tfjs-core';
import type { Boxes } from '@rcnn/geometry';
import { softmaxCrossEntropy } from '@rcnn/nn';
import type { BoxPredictions } from './box-head.ts';
import type { BoxTargets, RegionLosses } from './box-loss.ts';
import type { DeltaStatistics } from './delta-statistics.ts';
import { generalizedIouLoss } from './generalized-iou-loss.ts';
import { regionBoxes } from './region-boxes.ts';

/** Options of {@link generalizedIouRegionLosses}. */
export interface GeneralizedIouRegionLossesOptions {
  /** What the deltas, said and wanted, are normalised by. */
  readonly statistics: DeltaStatistics;
}

/**
 * As {@link regionLosses}, but that of boxes is [u ≥ 1] · (1 − GIoU) of the box that the deltas of the region's own class u make of
 * it and of the object (Rezatofighi et al. 2019, §4.2): what is learnt is what is measured, whatever the size.
 * @param regions the boxes that the deltas move, R
 */
export function generalizedIouRegionLosses(
  { logits, deltas }: BoxPredictions, { labels, deltas: wanted }: BoxTargets, regions: Boxes, options: GeneralizedIouRegionLossesOptions,
): RegionLosses {
  return tf.tidy(() => {
    const [count, classes] = logits.shape;
    const oneHot = tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), classes) as tf.Tensor2D, 'float32');
    // Weights of 0 and 1 in place of a gather, whose gradient is slow.
    const own = tf.sum<tf.Tensor2D>(tf.mul(tf.reshape(deltas, [count, classes, 4]), tf.reshape(oneHot, [count, classes, 1])), 1);
    const boxes = regionBoxes(own, regions, labels, options);
    const objects = regionBoxes(tf.tensor2d(wanted, [count, 4]), regions, labels, options);
    const regressed = tf.tensor1d(Float32Array.from(labels, (label) => (label === 0 ? 0 : 1)));
    return {
      classification: softmaxCrossEntropy(logits, oneHot),
      box: tf.mul<tf.Tensor1D>(generalizedIouLoss(boxes, objects), regressed),
    };
  });
}
