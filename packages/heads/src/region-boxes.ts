import * as tf from '@tensorflow/tfjs-core';
import type { Boxes } from '@rcnn/geometry';
import type { DeltaStatistics } from './delta-statistics.ts';

/** Options of {@link regionBoxes}. */
export interface RegionBoxesOptions {
  /** What the deltas of each class are normalised by. */
  readonly statistics: DeltaStatistics;
  /** The greatest `tw` and `th`; the default lets a side of 16 px grow to 1000 px, as `decodeBoxes` of `@rcnn/geometry`. */
  readonly clamp?: number;
}

/**
 * The boxes that normalised deltas make of regions (R-CNN, appendix C), for a gradient to flow to the deltas: t = said · std +
 * mean of the region's class, x = Px + Pw tx, w = Pw exp(min(tw, clamp)), and likewise y and h.
 * @param deltas [R, 4]
 * @param labels the class of each region, R
 * @returns corners, [R, 4]
 */
export function regionBoxes(
  deltas: tf.Tensor2D, regions: Boxes, labels: Int32Array, { statistics: { mean, std }, clamp = Math.log(1000 / 16) }: RegionBoxesOptions,
): tf.Tensor2D {
  return tf.tidy(() => {
    const rows = (of: DeltaStatistics['mean']): tf.Tensor2D => tf.tensor2d(Float32Array.from([...labels].flatMap((label) => of[label])), [labels.length, 4]);
    const column = (values: ArrayLike<number>): tf.Tensor2D => tf.tensor2d(Float32Array.from(values), [labels.length, 2]);
    const pairs = (of: (x1: number, y1: number, x2: number, y2: number) => readonly [number, number]): number[] =>
      [...labels.keys()].flatMap((i) => of(regions[4 * i], regions[4 * i + 1], regions[4 * i + 2], regions[4 * i + 3]));
    const centres = column(pairs((x1, y1, x2, y2) => [(x1 + x2) / 2, (y1 + y2) / 2]));
    const sides = column(pairs((x1, y1, x2, y2) => [x2 - x1, y2 - y1]));
    const plain = tf.add(tf.mul(deltas, rows(std)), rows(mean));
    const centre = tf.add(centres, tf.mul(sides, tf.slice(plain, [0, 0], [-1, 2])));
    const half = tf.mul(tf.mul(sides, 0.5), tf.exp(tf.minimum(tf.slice(plain, [0, 2], [-1, 2]), clamp)));
    return tf.concat([tf.sub<tf.Tensor2D>(centre, half), tf.add<tf.Tensor2D>(centre, half)], 1);
  });
}
