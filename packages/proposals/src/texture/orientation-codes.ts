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

/** The values of one channel on its four axes; `unit` times an integer is the value. */
export interface AxisValues {
  readonly values: Int32Array;
  readonly unit: number;
}

/** Codes of one channel; writes its bins of 0 into `zeroBins`. */
export function encodeOrientations(axes: readonly AxisValues[], zeroBins: Uint8Array): Uint32Array {
  const codes = new Uint32Array(axes[0].values.length);
  axes.forEach(({ values, unit }, axis) => {
    let min = values[0];
    let max = values[0];
    for (let i = 1; i < values.length; i++) {
      const value = values[i];
      if (value < min) min = value;
      else if (value > max) max = value;
    }
    zeroBins.set(zeroBinsOf(min * unit, max * unit), 2 * axis);
    addCodes(values, min, max, axisThresholds(min, max, unit), codes, axis);
  });
  return codes;
}

const tableBits = 11;

/** Puts the codes of an axis into its byte of each word. A table of even intervals says the code at the interval's start. */
function addCodes(values: Int32Array, min: number, max: number, thresholds: Float64Array, codes: Uint32Array, axis: number): void {
  const shift = Math.max(0, 32 - Math.clz32(max - min) - tableBits);
  const table = new Uint8Array(((max - min) >> shift) + 1);
  for (let cell = 0, code = 0; cell < table.length; cell++) {
    while (min + (cell << shift) >= thresholds[code]) code++;
    table[cell] = code;
  }
  const base = axisCodes * axis;
  const place = 8 * axis;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    let code = table[(value - min) >> shift];
    while (value >= thresholds[code]) code++;
    codes[i] |= (base + code) << place;
  }
}
