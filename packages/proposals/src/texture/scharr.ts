import type { Size } from '@rcnn/geometry';
import { mirrored } from '../mirrored.ts';

/**
 * Scharr's derivatives of bytes along x and along y: smoothing 3, 10, 3 across, −1, 0, 1 along; borders mirrored about the
 * outermost pixel. In ±4080; written into `dx` and `dy`.
 */
export function scharr(plane: Uint8Array, { width, height }: Size, dx: Int32Array, dy: Int32Array): void {
  const smooth = new Int32Array(width + 2); // 3, 10, 3 down each column, one more column at either side
  const difference = new Int32Array(width + 2);
  const left = mirrored(-1, width) + 1;
  const right = mirrored(width, width) + 1;
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
    smooth[0] = smooth[left];
    difference[0] = difference[left];
    smooth[width + 1] = smooth[right];
    difference[width + 1] = difference[right];
    for (let x = 0; x < width; x++) {
      dx[row + x] = smooth[x + 2] - smooth[x];
      dy[row + x] = 3 * (difference[x] + difference[x + 2]) + 10 * difference[x + 1];
    }
  }
}
