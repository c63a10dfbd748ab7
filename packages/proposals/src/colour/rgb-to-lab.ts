import type { ByteStack } from '../channel-stack.ts';
import { rint } from './rint.ts';

// sRGB's primaries to XYZ under D65, and D65's white: IEC 61966-2-1, the digits OpenCV has.
const toXyz = [
  [0.412453, 0.35758, 0.180423],
  [0.212671, 0.71516, 0.072169],
  [0.019334, 0.119193, 0.950227],
];
const white = [0.950456, 1, 1.088754];

const bits = 12; // of the matrix
const linearBits = 3; // of linear light beyond a byte
const rootBits = bits + linearBits; // of cube roots

let tables: { linear: Uint16Array; root: Uint16Array; matrix: readonly number[] } | undefined;

function labTables(): NonNullable<typeof tables> {
  const linear = Uint16Array.from({ length: 256 }, (_, i) => {
    const x = i / 255;
    return Math.round(255 * (1 << linearBits) * (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  });
  const root = Uint16Array.from({ length: 384 << linearBits }, (_, i) => {
    const x = i / (255 << linearBits);
    // OpenCV's table is of single precision: it decides which way two entries round.
    return rint((1 << rootBits) * Math.fround(x < 216 / 24389 ? (x * 841) / 108 + 16 / 116 : Math.cbrt(x)));
  });
  const matrix = toXyz.flatMap((row, i) => row.map((value) => Math.round(((1 << bits) * value) / white[i])));
  return { linear, root, matrix };
}

/**
 * Planes of CIE L*a*b* under D65, in bytes: L · 255 / 100, a + 128, b + 128. Fixed point, byte for byte as OpenCV's conversion
 * of 8-bit images.
 */
export function rgbToLab({ planes: [red, green, blue] }: ByteStack): Uint8Array[] {
  tables ??= labTables();
  const { linear, root, matrix } = tables;
  const [xr, xg, xb, yr, yg, yb, zr, zg, zb] = matrix;
  const round = 1 << (bits - 1);
  const rootRound = 1 << (rootBits - 1);
  const lightScale = Math.trunc((116 * 255 + 50) / 100);
  const lightShift = -Math.trunc((16 * 255 * (1 << rootBits) + 50) / 100);
  const [light, a, b] = [0, 1, 2].map(() => new Uint8ClampedArray(red.length));
  for (let i = 0; i < red.length; i++) {
    const lr = linear[red[i]];
    const lg = linear[green[i]];
    const lb = linear[blue[i]];
    const x = root[(xr * lr + xg * lg + xb * lb + round) >> bits];
    const y = root[(yr * lr + yg * lg + yb * lb + round) >> bits];
    const z = root[(zr * lr + zg * lg + zb * lb + round) >> bits];
    light[i] = (lightScale * y + lightShift + rootRound) >> rootBits;
    a[i] = (500 * (x - y) + (128 << rootBits) + rootRound) >> rootBits;
    b[i] = (200 * (y - z) + (128 << rootBits) + rootRound) >> rootBits;
  }
  return [light, a, b].map((plane) => new Uint8Array(plane.buffer));
}
