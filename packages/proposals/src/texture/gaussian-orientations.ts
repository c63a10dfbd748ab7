import type { ByteStack } from '../channel-stack.ts';
import { mirrored } from '../mirrored.ts';
import { createScratch, type Scratch } from '../scratch.ts';
import { blurredRows } from '../segmentation/blurred-rows.ts';
import { addCodes, textureAxes, type OrientationCodes } from './orientation-codes.ts';
import { valueRange } from './value-range.ts';

const sigma = 1;
const fraction = 4096; // of a gray level, for derivatives in integers

/**
 * Texture after the paper (Uijlings et al. 2013, section 3.2): Gaussian derivatives, σ = 1, in eight orientations a channel, ten
 * bins each. The derivative is the central difference of the blurred plane; a Gaussian's derivative along a diagonal is
 * (∂x ± ∂y) / √2 exactly.
 */
export function gaussianOrientations({ width, height, planes }: ByteStack, scratch: Scratch = createScratch()): OrientationCodes {
  const count = width * height;
  const blurred = scratch.take(Float32Array, count);
  const [dx, dy, first, second] = Array.from({ length: textureAxes }, () => scratch.take(Int32Array, count));
  const zeroBins = new Uint8Array(2 * textureAxes * planes.length);
  const codes = planes.map((plane, channel) => {
    const next = blurredRows(plane, { width, height }, sigma);
    for (let y = 0; y < height; y++) next(blurred.subarray(y * width, (y + 1) * width));
    differences(blurred, width, height, dx, dy);
    for (let i = 0; i < count; i++) {
      first[i] = dx[i] + dy[i]; // √2 is in the unit
      second[i] = dx[i] - dy[i];
    }
    const words = scratch.take(Uint32Array, count).fill(0);
    const bins = zeroBins.subarray(2 * textureAxes * channel, 2 * textureAxes * (channel + 1));
    [dx, dy, first, second].forEach((values, axis) => {
      addCodes(values, { ...valueRange(values), unit: (axis < 2 ? 1 : Math.SQRT1_2) / fraction }, axis, words, bins);
    });
    return words;
  });
  scratch.free(blurred, dx, dy, first, second);
  return { width, height, codes, zeroBins };
}

function differences(plane: Float32Array, width: number, height: number, dx: Int32Array, dy: Int32Array): void {
  const lastLeft = mirrored(-1, width);
  const lastRight = mirrored(width, width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = mirrored(y - 1, height) * width;
    const below = mirrored(y + 1, height) * width;
    for (let x = 0; x < width; x++) {
      const left = x === 0 ? lastLeft : x - 1;
      const right = x === width - 1 ? lastRight : x + 1;
      dx[row + x] = (plane[row + right] - plane[row + left]) * (fraction / 2);
      dy[row + x] = (plane[below + x] - plane[above + x]) * (fraction / 2);
    }
  }
}
