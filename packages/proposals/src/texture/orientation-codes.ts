import type { Size } from '@rcnn/geometry';
import { axisThresholds, zeroBinsOf } from './axis-thresholds.ts';

/** Bins of each of the eight orientations of a channel. */
export const textureBins = 10;
/** The axes, each two orientations, one a sign. */
export const textureAxes = 4;
/** How many codes an axis has: ten bins of values not above 0, then ten of those above. */
export const axisCodes = 2 * textureBins;

/**
 * The orientations at each pixel, four bytes a channel: of axis `a` the code 20 a + c, c counting the steps that the value on
 * that axis has passed: below 10 the bin in the negative orientation, from 10 on, less 10, in the positive one. On
 * the other orientation of the axis the value is 0 and falls into the bin of 0, the same everywhere: one count of 20 codes
 * says what two histograms of 10 bins hold.
 */
export interface OrientationCodes extends Size {
  /** A word of four codes a pixel, for each channel. */
  readonly codes: readonly Uint32Array[];
  /** For each axis of each channel the bin of 0 in the negative orientation, then in the positive one. */
  readonly zeroBins: Uint8Array;
}

/** The values on an axis: `unit` times integers between `min` and `max`. */
export interface AxisRange {
  readonly unit: number;
  readonly min: number;
  readonly max: number;
}

/** Puts the codes of an axis into its byte of each word; writes its bins of 0 into `zeroBins`, two of each axis. */
export function addCodes(values: Int32Array, range: AxisRange, axis: number, codes: Uint32Array, zeroBins: Uint8Array): void {
  zeroBins.set(zeroBinsOf(range.min * range.unit, range.max * range.unit), 2 * axis);
  const { min, table, shift, thresholds } = createCoder(range);
  const base = axisCodes * axis;
  const place = 8 * axis;
  for (let i = 0; i < codes.length; i++) {
    const value = values[i];
    let code = table[(value - min) >> shift];
    if (value >= thresholds[code]) code = nextCode(value, code, thresholds);
    codes[i] |= (base + code) << place;
  }
}

/** As {@link addCodes} for the first two axes, whose values are the halves of words. */
export function addPackedCodes(words: Int32Array, ranges: readonly [AxisRange, AxisRange], codes: Uint32Array, zeroBins: Uint8Array): void {
  ranges.forEach(({ unit, min, max }, axis) => zeroBins.set(zeroBinsOf(min * unit, max * unit), 2 * axis));
  const { min: minX, table: tableX, shift: shiftX, thresholds: thresholdsX } = createCoder(ranges[0]);
  const { min: minY, table: tableY, shift: shiftY, thresholds: thresholdsY } = createCoder(ranges[1]);
  for (let i = 0; i < codes.length; i++) {
    const x = (words[i] << 16) >> 16;
    const y = words[i] >> 16;
    let codeX = tableX[(x - minX) >> shiftX];
    if (x >= thresholdsX[codeX]) codeX = nextCode(x, codeX, thresholdsX);
    let codeY = tableY[(y - minY) >> shiftY];
    if (y >= thresholdsY[codeY]) codeY = nextCode(y, codeY, thresholdsY);
    codes[i] = codeX | ((axisCodes + codeY) << 8);
  }
}

function nextCode(value: number, code: number, thresholds: Int32Array): number {
  let next = code;
  while (value >= thresholds[next]) next++;
  return next;
}

const tableBits = 13; // a table of derivatives as they are, ±4080, has no interval of two

interface Coder {
  readonly min: number;
  /** For even intervals of 2^shift integers from `min` on, the code at the interval's start. */
  readonly table: Uint8Array;
  readonly shift: number;
  readonly thresholds: Int32Array;
}

function createCoder({ min, max, unit }: AxisRange): Coder {
  const thresholds = axisThresholds(min, max, unit);
  const shift = Math.max(0, 32 - Math.clz32(max - min) - tableBits);
  const table = new Uint8Array(((max - min) >> shift) + 1);
  for (let cell = 0, code = 0; cell < table.length; cell++) {
    while (min + (cell << shift) >= thresholds[code]) code++;
    table[cell] = code;
  }
  return { min, table, shift, thresholds };
}
