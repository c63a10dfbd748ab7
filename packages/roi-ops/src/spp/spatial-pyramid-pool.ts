import { asBoxes, type Boxes } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { checkRois } from '../check-rois.ts';
import { emptyOutput } from '../empty-output.ts';
import { roiPool } from '../roi-pool.ts';

/** Options of {@link spatialPyramidPool}. */
export interface SpatialPyramidPoolOptions {
  /** Bins along each axis of each level, SPPnet's 6, 3, 2 and 1 by default: 50 bins. */
  readonly levels?: readonly number[];
}

/**
 * Spatial pyramid pooling (SPPnet, §2.1 and §4.1): the maximum of each bin of each level of each window, [R, B · C] for B bins in
 * all. Bin i = 1 … n of a level, of a window w pixels wide, covers ⌊(i − 1) w / n⌋ ≤ x < ⌈i w / n⌉ of it, and so down the
 * height: every bin holds a pixel, and bins overlap where n does not divide w.
 *
 * A row holds the levels one after another as they are given, a level its bins row by row, a bin its C channels. A layer that
 * reads it is one that reads a flattened map of B × 1 pixels, in PyTorch's state dicts `[C, B]`, flattened.
 *
 * A level is RoIPool (`roiPool`) of the window, with its kernels and gradient: a bin's gradient goes to its first maximum. RoIPool
 * divides in float32, which is exact here for levels to 6 and 8; of 7 bins, windows of 57 pixels or more may have one that
 * reaches a pixel further.
 * @param features [N,H,W,C], float32
 * @param windows R windows in pixels of the map, x2 and y2 not included; see `sppWindows`
 * @param images the map in the batch each window is on, R indices
 * @throws RangeError if an argument is not as described here
 */
export function spatialPyramidPool(
  features: tf.Tensor4D,
  windows: Boxes,
  images: Int32Array,
  { levels = [6, 3, 2, 1] }: SpatialPyramidPoolOptions = {},
): tf.Tensor2D {
  checkRois('spatialPyramidPool', features, windows, images, 1);
  if (levels.length === 0 || !levels.every((bins) => Number.isInteger(bins) && bins > 0)) {
    throw new RangeError(`spatialPyramidPool: expected levels of one bin or more, got [${levels.join(', ')}]`);
  }
  const [, height, width, channels] = features.shape;
  checkWindows(windows, height, width);
  const bins = levels.reduce((sum, n) => sum + n * n, 0);
  return tf.tidy(() => {
    if (images.length === 0) {
      return tf.reshape<tf.Rank.R2>(emptyOutput(features, bins, 1), [0, bins * channels]);
    }
    // RoIPool's boxes include both ends.
    const boxes = asBoxes(windows.map((value, i) => (i % 4 < 2 ? value : value - 1)));
    const pooled = levels.map((n) => tf.reshape(roiPool(features, boxes, images, { outputSize: n }), [images.length, n * n * channels]));
    return (pooled.length === 1 ? pooled[0] : tf.concat(pooled, 1)) as tf.Tensor2D;
  });
}

function checkWindows(windows: Boxes, height: number, width: number): void {
  for (let i = 0; i < windows.length; i += 4) {
    const [x1, y1, x2, y2] = windows.subarray(i, i + 4);
    const whole = [x1, y1, x2, y2].every(Number.isInteger);
    if (!whole || x1 < 0 || y1 < 0 || x1 >= x2 || y1 >= y2 || x2 > width || y2 > height) {
      throw new RangeError(`spatialPyramidPool: expected windows of whole pixels of the ${width} × ${height} map, got [${x1}, ${y1}, ${x2}, ${y2}] at ${i / 4}`);
    }
  }
}
