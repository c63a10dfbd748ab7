import type { Size } from '@rcnn/geometry';
import { mirrored } from '../mirrored.ts';

/**
 * Scharr's derivatives of bytes along x and along y: smoothing 3, 10, 3 across, −1, 0, 1 along; borders mirrored about the
 * outermost pixel. In ±4080; written into `dx` and `dy`.
 */
export function scharr(plane: Uint8Array, { width, height }: Size, dx: Int16Array, dy: Int16Array): void {
  const smooth = new Int32Array(width + 2); // 3, 10, 3 down each column, one more column at either side
  const difference = new Int32Array(width + 2);
  const [left, right] = [mirrored(-1, width), mirrored(width, width)];
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = mirrored(y - 1, height) * width;
    const below = mirrored(y + 1, height) * width;
    for (let x = 0; x < width; x++) {
      const up = plane[above + x];
      const down = plane[below + x];
      smooth[x + 1] = 3 * (up + down) + 10 * plane[row + x];
      difference[x + 1] = down - up;
    }
    [smooth[0], difference[0]] = [smooth[left + 1], difference[left + 1]];
    [smooth[width + 1], difference[width + 1]] = [smooth[right + 1], difference[right + 1]];
    for (let x = 0; x < width; x++) {
      dx[row + x] = smooth[x + 2] - smooth[x];
      dy[row + x] = 3 * (difference[x] + difference[x + 2]) + 10 * difference[x + 1];
    }
  }
}
