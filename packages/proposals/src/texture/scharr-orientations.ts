import type { ByteStack } from '../channel-stack.ts';
import { diagonalScharr } from './diagonal-scharr.ts';
import { encodeOrientations, textureAxes, type OrientationCodes } from './orientation-codes.ts';
import { scharr } from './scharr.ts';

/**
 * Texture after OpenCV's selective search: derivatives of Scharr along x, y and the diagonals, each split by sign into two
 * orientations, scaled over the whole image from its minimum and maximum to a byte, and put into ten bins.
 */
export function scharrOrientations({ width, height, planes }: ByteStack): OrientationCodes {
  const [dx, dy, first, second] = Array.from({ length: textureAxes }, () => new Int32Array(width * height));
  const diagonals = diagonalScharr({ width, height });
  const zeroBins = new Uint8Array(2 * textureAxes * planes.length);
  const codes = planes.map((plane, channel) => {
    scharr(plane, { width, height }, dx, dy);
    diagonals(plane, first, second);
    const axes = [dx, dy, first, second].map((values, axis) => ({ values, unit: axis < 2 ? 1 : 1 / 1024 }));
    return encodeOrientations(axes, zeroBins.subarray(2 * textureAxes * channel, 2 * textureAxes * (channel + 1)));
  });
  return { width, height, codes, zeroBins };
}
