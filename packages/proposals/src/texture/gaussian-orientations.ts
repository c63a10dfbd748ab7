import type { ByteStack } from '../channel-stack.ts';
import { mirrored } from '../mirrored.ts';
import { blurredRows } from '../segmentation/blurred-rows.ts';
import { encodeAxis, textureAxes, type OrientationCodes } from './orientation-codes.ts';

const sigma = 1;

/**
 * Texture after the paper (Uijlings et al. 2013, section 3.2): Gaussian derivatives, σ = 1, in eight orientations a channel, ten
 * bins each. The derivative is the central difference of the blurred plane; a Gaussian's derivative along a diagonal is
 * (∂x ± ∂y) / √2 exactly.
 */
export function gaussianOrientations({ width, height, planes }: ByteStack): OrientationCodes {
  const count = width * height;
  const columns = textureAxes * planes.length;
  const codes = new Uint8Array(count * columns);
  const zeroBins = new Uint8Array(2 * columns);
  const blurred = new Float32Array(count);
  const [dx, dy, diagonal] = [0, 1, 2].map(() => new Float32Array(count));
  planes.forEach((plane, channel) => {
    const next = blurredRows(plane, { width, height }, sigma);
    for (let y = 0; y < height; y++) next(blurred.subarray(y * width, (y + 1) * width));
    differences(blurred, width, height, dx, dy);
    const encode = (values: Float32Array, axis: number): void => {
      zeroBins.set(encodeAxis(values, 1, codes, columns, textureAxes * channel + axis), 2 * (textureAxes * channel + axis));
    };
    encode(dx, 0);
    encode(dy, 1);
    for (let i = 0; i < count; i++) diagonal[i] = (dx[i] + dy[i]) * Math.SQRT1_2;
    encode(diagonal, 2);
    for (let i = 0; i < count; i++) diagonal[i] = (dx[i] - dy[i]) * Math.SQRT1_2;
    encode(diagonal, 3);
  });
  return { columns, codes, zeroBins };
}

function differences(plane: Float32Array, width: number, height: number, dx: Float32Array, dy: Float32Array): void {
  for (let y = 0; y < height; y++) {
    const [row, above, below] = [y, mirrored(y - 1, height), mirrored(y + 1, height)].map((line) => line * width);
    for (let x = 0; x < width; x++) {
      const [left, right] = [x === 0 ? mirrored(-1, width) : x - 1, x === width - 1 ? mirrored(width, width) : x + 1];
      dx[row + x] = (plane[row + right] - plane[row + left]) / 2;
      dy[row + x] = (plane[below + x] - plane[above + x]) / 2;
    }
  }
}
