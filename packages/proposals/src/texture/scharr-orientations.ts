import type { ByteStack } from '../channel-stack.ts';
import { createScratch, type Scratch } from '../scratch.ts';
import { diagonalScharr } from './diagonal-scharr.ts';
import { addCodes, addPackedCodes, textureAxes, type OrientationCodes } from './orientation-codes.ts';
import { scharr, wholeRows } from './scharr.ts';
import { packedRanges, valueRange } from './value-range.ts';

/**
 * Texture after OpenCV's selective search: derivatives of Scharr along x, y and the diagonals, each split by sign into two
 * orientations, scaled over the whole image from its minimum and maximum to a byte, and put into ten bins.
 */
export function scharrOrientations({ width, height, planes }: ByteStack, scratch: Scratch = createScratch()): OrientationCodes {
  const count = width * height;
  const [straight, first, second] = [0, 1, 2].map(() => scratch.take(Int32Array, count));
  const rows = wholeRows({ width, height });
  const diagonals = diagonalScharr({ width, height }, scratch);
  const zeroBins = new Uint8Array(2 * textureAxes * planes.length);
  const codes = planes.map((plane, channel) => {
    const words = scratch.take(Uint32Array, count);
    const bins = zeroBins.subarray(2 * textureAxes * channel, 2 * textureAxes * (channel + 1));
    scharr(plane, { width, height }, rows, straight);
    const [x, y] = packedRanges(straight);
    addPackedCodes(straight, [{ ...x, unit: 1 }, { ...y, unit: 1 }], words, bins);
    diagonals.write(plane, first, second);
    addCodes(first, { ...valueRange(first), unit: 1 / 1024 }, 2, words, bins);
    addCodes(second, { ...valueRange(second), unit: 1 / 1024 }, 3, words, bins);
    return words;
  });
  diagonals.free();
  scratch.free(straight, first, second);
  return { width, height, codes, zeroBins };
}
