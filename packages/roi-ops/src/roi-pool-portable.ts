import * as tf from '@tensorflow/tfjs-core';
import { firstMaximum } from './first-maximum.ts';
import { imageMaps } from './image-maps.ts';
import type { FeaturesShape, RoiPoolAttributes } from './kernels.ts';
import { poolAxis } from './pool-axis.ts';

/** The bins of a box along one axis, of the pixels `from` … `from + extent − 1` that they cover together. */
interface AxisBins {
  readonly from: number;
  readonly extent: number;
  /** [bins · extent] 1 where the pixel is in the bin, else 0. */
  readonly member: Float32Array;
}

/**
 * RoIPool as two maxima under masks, first along x, then along y, so that the first maximum in row-major order wins. In
 * tfjs's own operators, on any backend; the fallback, since it takes a dozen operations a box.
 */
export function roiPoolPortable(features: tf.Tensor4D, attributes: RoiPoolAttributes & FeaturesShape): tf.Tensor4D {
  const { boxes, images, height, width, spatialScale, featuresShape } = attributes;
  const [, mapHeight, mapWidth, channels] = featuresShape;
  return tf.tidy(() => {
    const maps = imageMaps(features);
    const pooled = Array.from(images, (image, r) => {
      const ys = axisBins(height, boxes[4 * r + 1], boxes[4 * r + 3], mapHeight, spatialScale);
      const xs = axisBins(width, boxes[4 * r], boxes[4 * r + 2], mapWidth, spatialScale);
      const crop = tf.slice(maps[image], [ys.from, xs.from, 0], [ys.extent, xs.extent, channels]);
      const byColumn = firstMaximum(
        tf.reshape(crop, [ys.extent, 1, xs.extent, channels]),
        tf.tensor4d(xs.member, [1, width, xs.extent, 1]),
        2,
      ); // [ys.extent, width, C]
      return firstMaximum(
        tf.reshape(byColumn, [1, ys.extent, width, channels]),
        tf.tensor4d(ys.member, [height, ys.extent, 1, 1]),
        1,
      ); // [height, width, C]
    });
    return tf.stack(pooled) as tf.Tensor4D;
  });
}

function axisBins(bins: number, start: number, end: number, mapExtent: number, spatialScale: number): AxisBins {
  const bounds = new Int32Array(2 * bins);
  poolAxis(bounds, start, end, mapExtent, spatialScale);
  // A box outside the map covers no pixel; one that is in no bin then stands for them.
  const from = Math.min(bounds[0], mapExtent - 1);
  const extent = Math.max(bounds[2 * bins - 1] - from, 1);
  const member = Float32Array.from({ length: bins * extent }, (_, i) => {
    const b = Math.floor(i / extent);
    const pixel = from + (i % extent);
    return pixel >= bounds[2 * b] && pixel < bounds[2 * b + 1] ? 1 : 0;
  });
  return { from, extent, member };
}
