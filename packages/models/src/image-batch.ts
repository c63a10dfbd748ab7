import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage, Size } from '@rcnn/geometry';
import type { ImageConfig } from './config.ts';

/** Images as the network sees them: resized, normalised, padded with zeros to a common extent. */
export interface ImageBatch {
  readonly pixels: tf.Tensor4D; // [N, H, W, 3]
  /** H and W: multiples of the divisor. */
  readonly input: Size;
  /** What each image was resized to, padding not counted. */
  readonly sizes: readonly Size[];
  /** Pixels of the input to a pixel of each image, before extents are rounded. */
  readonly scales: readonly number[];
}

/** Options of {@link imageBatch}. */
export interface ImageBatchOptions {
  /** The input's extents are multiples of this. */
  readonly divisor?: number;
  /** The shorter side of each image, in place of the configuration's. */
  readonly minSizes?: readonly number[] | undefined;
}

/**
 * Extent of an image after resizing: the shorter side `minSize`, the longer at most `maxSize`, rounded as the configuration says.
 */
export function resizedSize({ width, height }: Size, { minSize, maxSize, rounding = 'exact' }: Pick<ImageConfig, 'minSize' | 'maxSize' | 'rounding'>): Size {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  const scale = scaleOf({ width, height }, { minSize, maxSize });
  // Of a very long image a pixel is left of the shorter side: an input without pixels is more than engines survive.
  const rounded = (of: (side: number) => number): Size => ({ width: Math.max(1, of(width)), height: Math.max(1, of(height)) });
  switch (rounding) {
    case 'exact':
      // The tiny excess keeps an exact quotient like 800/600 · 600 from losing a pixel to rounding.
      return rounded((side) => Math.floor(side * scale + 1e-9));
    case 'single':
      return rounded((side) => Math.floor(side * Math.min(singleQuotient(minSize, shorter), singleQuotient(maxSize, longer))));
    case 'nearest':
      return rounded((side) => Math.floor(side * scale + 0.5));
  }
}

/**
 * A batch of images, as torchvision's transform makes it: bilinear without antialiasing (half-pixel centres), then
 * (x / 255 − mean) / std. The caller disposes `pixels`.
 * @throws RangeError if there is no image, or one has no pixels, or not three bytes for each
 */
export function imageBatch(images: readonly RgbImage[], config: ImageConfig, { divisor = 32, minSizes }: ImageBatchOptions = {}): ImageBatch {
  if (images.length === 0) throw new RangeError('imageBatch: expected at least one image, got none');
  images.forEach(({ width, height, data }, i) => {
    if (data.length === 0 || data.length !== 3 * width * height) {
      throw new RangeError(`imageBatch: expected three bytes for each of the ${width} × ${height} pixels of image ${i}, got ${data.length}`);
    }
  });
  const configs = images.map((_, i) => ({ ...config, minSize: minSizes?.[i] ?? config.minSize }));
  const sizes = images.map((image, i) => resizedSize(image, configs[i]));
  const roundUp = (side: number): number => Math.ceil(side / divisor) * divisor;
  const input = {
    width: roundUp(Math.max(...sizes.map(({ width }) => width))),
    height: roundUp(Math.max(...sizes.map(({ height }) => height))),
  };
  const values = new Float32Array(images.length * input.height * input.width * 3);
  images.forEach((image, i) => {
    resizeInto(values.subarray(i * input.height * input.width * 3), input.width, image, sizes[i], config);
  });
  return { pixels: tf.tensor4d(values, [images.length, input.height, input.width, 3]), input, sizes, scales: images.map((image, i) => scaleOf(image, configs[i])) };
}

function scaleOf({ width, height }: Size, { minSize, maxSize }: Pick<ImageConfig, 'minSize' | 'maxSize'>): number {
  return Math.min(minSize / Math.min(width, height), maxSize / Math.max(width, height));
}

/** A number over a tensor as PyTorch computes it: times the reciprocal, each rounded to single precision. */
function singleQuotient(number: number, divisor: number): number {
  return Math.fround(Math.fround(1 / divisor) * number);
}

/** For each of `length` positions after resizing: the byte offsets of its two neighbours and the weight of the second. */
function neighbours(from: number, length: number, stride: number): { low: Int32Array; high: Int32Array; weight: Float64Array } {
  const low = new Int32Array(length);
  const high = new Int32Array(length);
  const weight = new Float64Array(length);
  // The scale alone is in single precision in PyTorch: positions come out 1e-5 elsewhere, which a network may magnify to 1e-3.
  const scale = Math.fround(from / length);
  for (let i = 0; i < length; i++) {
    const position = Math.max(scale * (i + 0.5) - 0.5, 0);
    const floor = Math.min(Math.floor(position), from - 1);
    low[i] = floor * stride;
    high[i] = Math.min(floor + 1, from - 1) * stride;
    weight[i] = position - floor;
  }
  return { low, high, weight };
}

function resizeInto(out: Float32Array, outWidth: number, { width, height, data }: RgbImage, size: Size, { mean, std }: ImageConfig): void {
  const across = neighbours(width, size.width, 3);
  const down = neighbours(height, size.height, 3 * width);
  const scale = std.map((deviation) => 1 / (255 * deviation));
  const shift = mean.map((value, channel) => -value / std[channel]);
  for (let y = 0; y < size.height; y++) {
    const [top, bottom, below] = [down.low[y], down.high[y], down.weight[y]];
    let to = y * outWidth * 3;
    for (let x = 0; x < size.width; x++) {
      const [left, right, beside] = [across.low[x], across.high[x], across.weight[x]];
      for (let channel = 0; channel < 3; channel++) {
        const upper = data[top + left + channel] * (1 - beside) + data[top + right + channel] * beside;
        const lower = data[bottom + left + channel] * (1 - beside) + data[bottom + right + channel] * beside;
        out[to++] = (upper * (1 - below) + lower * below) * scale[channel] + shift[channel];
      }
    }
  }
}
