import type { RgbImage } from '@rcnn/geometry';
import { noise } from '@rcnn/tooling/testing/noise';

/** The image that tooling/golden/models.py makes: blocks of 8 pixels with a little grain. */
export function imageOf(width: number, height: number, seed: number): RgbImage {
  const [across, down] = [Math.ceil(width / 8), Math.ceil(height / 8)];
  const bytes = (shape: readonly number[], from: number, range: number): Float32Array => noise(shape, from).map((value) => Math.floor((value + 0.5) * range));
  const [blocks, grain] = [bytes([down, across, 3], seed, 224), bytes([height, width, 3], seed + 1, 32)];
  const data = Uint8Array.from(grain, (value, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return value + blocks[3 * ((y >> 3) * across + (x >> 3)) + (i % 3)];
  });
  return { width, height, data };
}
