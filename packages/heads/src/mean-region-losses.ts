import * as tf from '@tensorflow/tfjs-core';
import type { BoxLosses, RegionLosses } from './box-loss.ts';

/** Fast R-CNN's loss from that of each region: both sums over the number of regions, as torchvision does, λ times that of the boxes. */
export function meanRegionLosses({ classification, box }: RegionLosses, { lambda = 1 }: { lambda?: number } = {}): BoxLosses {
  const [regions] = classification.shape;
  // Not every engine sums no numbers to 0.
  if (regions === 0) return { classification: tf.scalar(0), box: tf.scalar(0) };
  return tf.tidy(() => ({ classification: tf.div<tf.Scalar>(tf.sum(classification), regions), box: tf.mul<tf.Scalar>(tf.sum(box), lambda / regions) }));
}
