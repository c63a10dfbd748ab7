import * as tf from '@tensorflow/tfjs-core';
import { takeBoxes, type Boxes, type Size } from '@rcnn/geometry';
import type { LeveledRegions } from './pyramid-roi-align.ts';

/** An operator that pools boxes from one map. */
type Pool = (map: tf.Tensor4D, boxes: Boxes, images: Int32Array, spatialScale: number) => tf.Tensor4D;

/** Each region pooled from its own level of the pyramid, [R, P, P, C], in the regions' order. */
export function poolByLevel(
  pyramid: readonly tf.Tensor4D[],
  { boxes, images, counts }: LeveledRegions,
  input: Size,
  outputSize: number,
  pool: Pool,
): tf.Tensor4D {
  return tf.tidy(() => {
    let begin = 0;
    const pooled: tf.Tensor4D[] = [];
    pyramid.forEach((map, level) => {
      const end = begin + counts[level];
      if (end > begin) {
        // The scale is a power of two although padding may make the extents' quotient a little off.
        const spatialScale = 2 ** Math.round(Math.log2(map.shape[2] / input.width));
        const indices = Array.from({ length: end - begin }, (_, i) => begin + i);
        pooled.push(pool(map, takeBoxes(boxes, indices), images.subarray(begin, end), spatialScale));
      }
      begin = end;
    });
    if (pooled.length === 0) return tf.zeros([0, outputSize, outputSize, pyramid[0].shape[3]]);
    return pooled.length === 1 ? pooled[0] : tf.concat(pooled);
  });
}
