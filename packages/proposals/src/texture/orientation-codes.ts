import type { ByteStack } from '../channel-stack.ts';
import { diagonalScharr } from './diagonal-scharr.ts';
import { scharr } from './scharr.ts';

/** Bins of each of the eight orientations, and the axes: each is two orientations, one a sign. */
export const textureBins = 10;
export const textureAxes = 4;

/** How many codes an axis has: the bins of positive values, then those of the others. */
export const axisCodes = 2 * textureBins;

/**
 * The orientations of every pixel, one code an axis. A pixel's value on an axis is positive or not; what it is not falls into
 * the same bin everywhere, so that one count of 20 codes says what two histograms of 10 bins hold.
 */
export interface OrientationCodes {
  /** Axes of all channels: 4 × channels. */
  readonly columns: number;
  /** `columns` codes a pixel: the bin of the positive orientation, or 10 + that of the negative one. */
  readonly codes: Uint8Array;
  /** For each column the bin of 0 in the positive orientation, then in the negative one. */
  readonly zeroBins: Uint8Array;
}

const binOfByte = Uint8Array.from({ length: 256 }, (_, byte) => Math.fround(byte / Math.fround(25.6)));

/**
 * Texture after OpenCV's selective search: derivatives of Scharr along x, y and the diagonals, each split by sign into two
 * orientations, scaled over the whole image from its minimum and maximum to a byte, and put into ten bins.
 */
export function scharrOrientations({ width, height, planes }: ByteStack): OrientationCodes {
  const count = width * height;
  const columns = textureAxes * planes.length;
  const codes = new Uint8Array(count * columns);
  const zeroBins = new Uint8Array(2 * columns);
  const [dx, dy] = [new Int16Array(count), new Int16Array(count)];
  const [first, second] = [new Int32Array(count), new Int32Array(count)];
  const diagonals = diagonalScharr({ width, height });
  planes.forEach((plane, channel) => {
    scharr(plane, { width, height }, dx, dy);
    diagonals(plane, first, second);
    [dx, dy, first, second].forEach((values, axis) => {
      const column = textureAxes * channel + axis;
      const bins = encodeAxis(values, axis < 2 ? 1 : 1 / 1024, codes, columns, column);
      zeroBins.set(bins, 2 * column);
    });
  });
  return { columns, codes, zeroBins };
}

/** Codes of one axis, `unit` times `values`; the bins of 0. */
export function encodeAxis(values: Int16Array | Int32Array | Float32Array, unit: number, codes: Uint8Array, columns: number, column: number): [number, number] {
  let [min, max] = [values[0], values[0]];
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  const positive = toByte(unit * Math.max(0, min), unit * Math.max(0, max));
  const negative = toByte(unit * Math.min(0, min), unit * Math.min(0, max));
  const [scaleUp, shiftUp, scaleDown, shiftDown] = [positive.scale * unit, positive.shift, negative.scale * unit, negative.shift];
  // Adding and taking away 1.5 · 2⁵² rounds to the nearest integer, halves to even.
  const magic = 6755399441055744;
  for (let i = 0, at = column; i < values.length; i++, at += columns) {
    const value = values[i];
    codes[at] =
      value > 0
        ? binOfByte[Math.fround(value * scaleUp + shiftUp) + magic - magic]
        : textureBins + binOfByte[Math.fround(value * scaleDown + shiftDown) + magic - magic];
  }
  return [binOfByte[Math.round(shiftUp)], binOfByte[Math.round(shiftDown)]];
}

/** The line that takes min to 0 and max to 255, in single precision as OpenCV's `convertTo`; 0 everywhere if they are one. */
function toByte(min: number, max: number): { scale: number; shift: number } {
  return max > min ? { scale: Math.fround(255 / (max - min)), shift: Math.fround((-255 * min) / (max - min)) } : { scale: 0, shift: 0 };
}
