import type { Rle } from './rle.ts';

/**
 * The smallest box around a mask's pixels, `[x1, y1, x2, y2]`, from the first pixel's left and upper edges to the last one's
 * right and lower edges; zeros for a mask without pixels. COCO's `[x, y, width, height]` of it is
 * `[x1, y1, x2 − x1, y2 − y1]`.
 */
export function rleBox({ height, width, counts }: Rle): [x1: number, y1: number, x2: number, y2: number] {
  let [x1, y1, x2, y2] = [width, height, 0, 0];
  let start = 0;
  for (let i = 1; i < counts.length; i += 2) {
    start += counts[i - 1];
    const last = start + counts[i] - 1;
    if (last >= start) {
      const left = Math.floor(start / height);
      const right = Math.floor(last / height);
      const goesOn = left < right; // into the next column: it has reached the bottom, and starts again at the top
      x1 = Math.min(x1, left);
      x2 = Math.max(x2, right + 1);
      y1 = goesOn ? 0 : Math.min(y1, start - left * height);
      y2 = goesOn ? height : Math.max(y2, last - right * height + 1);
    }
    start = last + 1;
  }
  return x1 < x2 ? [x1, y1, x2, y2] : [0, 0, 0, 0];
}
