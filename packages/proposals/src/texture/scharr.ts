import type { Size } from '@rcnn/geometry';
import { mirrored } from '../mirrored.ts';

/** For each row of an image the columns from `from` on and before `to`. */
export interface Spans {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Every column of every row. */
export function wholeRows({ width, height }: Size): Spans {
  return { from: new Int32Array(height), to: new Int32Array(height).fill(width) };
}

/**
 * Scharr's derivatives of bytes along x and along y: smoothing 3, 10, 3 across, −1, 0, 1 along; borders mirrored about the
 * outermost pixel. In ±4080; both in one word, that along x in the lower half, written into `out` within the spans.
 */
export function scharr(plane: Uint8Array, { width, height }: Size, { from, to }: Spans, out: Int32Array): void {
  const smooth = new Int32Array(width + 2); // 3, 10, 3 down each column, one more column at either side
  const difference = new Int32Array(width + 2);
  const left = mirrored(-1, width) + 1;
  const right = mirrored(width, width) + 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = mirrored(y - 1, height) * width;
    const below = mirrored(y + 1, height) * width;
    const end = Math.min(width, to[y] + 1);
    for (let x = Math.max(0, from[y] - 1); x < end; x++) {
      const up = plane[above + x];
      const down = plane[below + x];
      smooth[x + 1] = 3 * (up + down) + 10 * plane[row + x];
      difference[x + 1] = down - up;
    }
    smooth[0] = smooth[left];
    difference[0] = difference[left];
    smooth[width + 1] = smooth[right];
    difference[width + 1] = difference[right];
    for (let x = from[y]; x < to[y]; x++) {
      const dx = smooth[x + 2] - smooth[x];
      const dy = 3 * (difference[x] + difference[x + 2]) + 10 * difference[x + 1];
      out[row + x] = (dy << 16) | (dx & 0xffff);
    }
  }
}
