import type { Boxes, RgbImage } from '@rcnn/geometry';
import { axisSamples, type AxisSamples } from './axis-samples.ts';
import { warpWindow, type WarpMode } from './warp-window.ts';

/** Options of {@link warpRegions}: R-CNN's, but for the mean and the order, which are the network's. */
export interface WarpRegionsOptions {
  /** Side of a crop in pixels. */
  readonly size?: number;
  /** Pixels of the crop around the region that show the image around it, p. */
  readonly padding?: number;
  readonly mode?: WarpMode;
  /** What is subtracted, in the crop's order: a number a channel, or a crop of them (Caffe's mean image), `size² · 3`. */
  readonly mean?: ArrayLike<number>;
  /** What is divided by after that, a number a channel in the crop's order. */
  readonly deviation?: readonly [number, number, number];
  /** The order of a pixel's channels: Caffe's networks take blue first. */
  readonly order?: 'rgb' | 'bgr';
  /** An array of at least `R · size² · 3` numbers to write to, rather than a new one. */
  readonly into?: Float32Array;
}

/**
 * Regions of an image as the crops of one size that R-CNN's network takes (R-CNN, §2.1 and appendix A), [R, size, size, 3]:
 * dilated by the padding, scaled bilinearly without smoothing, less the mean. What is outside the image is 0, as if it
 * were the mean.
 *
 * Two tables a region say which pixels each column and each row mixes; each row of the image is mixed along x once, however
 * many rows of the crop show it.
 * @throws RangeError if the padding leaves no room for the region, or the image's bytes, `mean` or `into` have not the length described above
 */
export function warpRegions(
  image: RgbImage,
  boxes: Boxes,
  {
    size = 227, padding = 16, mode = 'warp', mean = [0, 0, 0], deviation = [1, 1, 1], order = 'rgb', into,
  }: WarpRegionsOptions = {},
): Float32Array {
  const regions = boxes.length / 4;
  const perCrop = size * size * 3;
  if (!(Number.isInteger(size) && size > 0 && padding >= 0 && 2 * padding < size)) {
    throw new RangeError(`warpRegions: expected a size above twice the padding, got ${size} and ${padding}`);
  }
  if (mean.length !== 3 && mean.length !== perCrop) {
    throw new RangeError(`warpRegions: expected a mean of 3 or ${perCrop} numbers, got ${mean.length}`);
  }
  if (into && into.length < regions * perCrop) {
    throw new RangeError(`warpRegions: expected an array of ${regions * perCrop} numbers to write to, got ${into.length}`);
  }
  if (image.data.length !== 3 * image.width * image.height) {
    throw new RangeError(`warpRegions: expected three bytes for each of ${image.width} × ${image.height} pixels, got ${image.data.length}`);
  }
  const crops = into ?? new Float32Array(regions * perCrop);
  crops.fill(0, 0, regions * perCrop);
  const means = mean.length === 3 ? Float32Array.from({ length: size * 3 }, (_, i) => mean[i % 3]) : Float32Array.from(mean);
  const [columns, rows] = [axisSamples(size), axisSamples(size)];
  const lines: readonly [Float32Array, Float32Array] = [new Float32Array(size * 3), new Float32Array(size * 3)];
  for (let region = 0; region < regions; region++) {
    const [x1, y1, x2, y2] = boxes.subarray(4 * region, 4 * region + 4);
    const [across, down] = warpWindow({ x: [x1, x2], y: [y1, y2] }, image, size, padding, mode);
    if (across.crop > 0 && down.crop > 0) {
      columns.fill(across);
      rows.fill(down);
      writeCrop(image, columns, rows, lines, order === 'bgr', crops, region * perCrop, means, size);
    }
  }
  if (deviation.some((divisor) => divisor !== 1)) {
    const factors = deviation.map((divisor) => 1 / divisor);
    for (let i = 0; i < regions * perCrop; i += 3) {
      crops[i] *= factors[0];
      crops[i + 1] *= factors[1];
      crops[i + 2] *= factors[2];
    }
  }
  return crops;
}

function writeCrop(
  { data, width }: RgbImage,
  columns: AxisSamples,
  rows: AxisSamples,
  lines: readonly [Float32Array, Float32Array],
  reversed: boolean,
  crops: Float32Array,
  crop: number,
  means: Float32Array,
  size: number,
): void {
  let [upper, lower] = lines;
  let [inUpper, inLower] = [-1, -1]; // the image's rows that the two lines hold
  const meanStep = means.length > 3 * size ? 3 * size : 0;
  const begin = 3 * columns.begin();
  const end = 3 * columns.end();
  for (let y = rows.begin(); y < rows.end(); y++) {
    const first = rows.first[y];
    const second = rows.second[y];
    if (first !== inUpper) {
      if (first === inLower) {
        [upper, lower, inUpper, inLower] = [lower, upper, inLower, inUpper];
      } else {
        mixLine(data, first * width, columns, reversed, upper);
        inUpper = first;
      }
    }
    if (second !== inLower && second !== first) {
      mixLine(data, second * width, columns, reversed, lower);
      inLower = second;
    }
    const below = second === first ? upper : lower;
    mixRows(upper, below, rows.share[y], means, y * meanStep, crops, crop + y * size * 3, begin, end);
  }
}

/** Two mixed rows of the image, mixed along y into one of the crop. */
function mixRows(
  upper: Float32Array, lower: Float32Array, share: number, means: Float32Array, mean: number, crops: Float32Array, to: number, begin: number, end: number,
): void {
  for (let i = begin; i < end; i++) {
    crops[to + i] = upper[i] + share * (lower[i] - upper[i]) - means[mean + i];
  }
}

/** One row of the image, mixed along x into the columns of the crop. */
function mixLine(data: Uint8Array, row: number, columns: AxisSamples, reversed: boolean, line: Float32Array): void {
  const { first, second, share } = columns;
  const red = reversed ? 2 : 0;
  const blue = 2 - red;
  for (let x = columns.begin(), end = columns.end(); x < end; x++) {
    const a = 3 * (row + first[x]);
    const b = 3 * (row + second[x]);
    const part = share[x];
    line[3 * x + red] = data[a] + part * (data[b] - data[a]);
    line[3 * x + 1] = data[a + 1] + part * (data[b + 1] - data[a + 1]);
    line[3 * x + blue] = data[a + 2] + part * (data[b + 2] - data[a + 2]);
  }
}
