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
  for (let y = 0; y < height; y++) {
    if (from[y] >= to[y]) continue;
    const row = y * width;
    const above = mirrored(y - 1, height) * width;
    const below = mirrored(y + 1, height) * width;
    // Of the column before, this one and the next: 3, 10, 3 downwards, and below less above.
    const before = from[y] === 0 ? mirrored(-1, width) : from[y] - 1;
    let smoothBefore = 3 * (plane[above + before] + plane[below + before]) + 10 * plane[row + before];
    let slopeBefore = plane[below + before] - plane[above + before];
    let smooth = 3 * (plane[above + from[y]] + plane[below + from[y]]) + 10 * plane[row + from[y]];
    let slope = plane[below + from[y]] - plane[above + from[y]];
    const end = to[y];
    for (let x = from[y]; x < end; x++) {
      const next = x + 1 < width ? x + 1 : mirrored(width, width);
      const up = plane[above + next];
      const down = plane[below + next];
      const smoothNext = 3 * (up + down) + 10 * plane[row + next];
      const slopeNext = down - up;
      const dx = smoothNext - smoothBefore;
      const dy = 3 * (slopeBefore + slopeNext) + 10 * slope;
      out[row + x] = (dy << 16) | (dx & 0xffff);
      smoothBefore = smooth;
      smooth = smoothNext;
      slopeBefore = slope;
      slope = slopeNext;
    }
  }
}
