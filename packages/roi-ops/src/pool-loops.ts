import type { FeaturesShape, RoiPoolAttributes, RoiPoolGradAttributes } from './kernels.ts';
import { poolAxis } from './pool-axis.ts';
import { raiseMaxima } from './raise-maxima.ts';

/** C's −FLT_MAX, below which nothing is a maximum. */
const LOWEST = -3.4028234663852886e38;

/**
 * RoIPool: each bin's maximum, and where it was (`y · W + x`; the first in row-major order). An empty bin is 0, its place −1.
 * @param out zeros, and so is `argmax`
 */
export function poolFeatures(
  features: Float32Array,
  { boxes, images, height, width, spatialScale, featuresShape }: RoiPoolAttributes & FeaturesShape,
  out: Float32Array,
  argmax: Int32Array,
): void {
  const [, mapHeight, mapWidth, channels] = featuresShape;
  const ys = new Int32Array(2 * height);
  const xs = new Int32Array(2 * width);
  argmax.fill(-1);
  for (let r = 0; r < images.length; r++) {
    poolAxis(ys, boxes[4 * r + 1], boxes[4 * r + 3], mapHeight, spatialScale);
    poolAxis(xs, boxes[4 * r], boxes[4 * r + 2], mapWidth, spatialScale);
    const image = images[r] * mapHeight * mapWidth;
    for (let bin = 0; bin < height * width; bin++) {
      const y = Math.floor(bin / width);
      const x = bin - y * width;
      if (ys[2 * y] >= ys[2 * y + 1] || xs[2 * x] >= xs[2 * x + 1]) {
        continue;
      }
      const to = (r * height * width + bin) * channels;
      out.fill(LOWEST, to, to + channels);
      for (let row = ys[2 * y]; row < ys[2 * y + 1]; row++) {
        const pixel = row * mapWidth + xs[2 * x];
        const run = { from: (image + pixel) * channels, pixel, count: xs[2 * x + 1] - xs[2 * x] };
        raiseMaxima(features, run, out, argmax, to, channels);
      }
    }
  }
}

/** The gradient of RoIPool: all of a bin's goes to the place of its maximum. */
export function poolGradient(
  dy: Float32Array,
  argmax: Int32Array,
  { images, featuresShape }: RoiPoolGradAttributes,
  dfeatures: Float32Array,
): void {
  const [, mapHeight, mapWidth, channels] = featuresShape;
  const perBox = dy.length / images.length;
  for (let r = 0; r < images.length; r++) {
    const image = images[r] * mapHeight * mapWidth * channels;
    for (let from = r * perBox; from < (r + 1) * perBox; from += channels) {
      for (let c = 0; c < channels; c++) {
        if (argmax[from + c] >= 0) {
          dfeatures[image + argmax[from + c] * channels + c] += dy[from + c];
        }
      }
    }
  }
}
