import type { Rle } from './rle.ts';

/**
 * The smallest box around a mask's pixels, `[x1, y1, x2, y2]`, from the first pixel's left and upper edges to the last one's
 * right and lower edges; zeros for a mask without pixels. COCO's `[x, y, width, height]` of it is
 * `[x1, y1, x2 − x1, y2 − y1]`.
 */
export function rleBox({ height, width, counts }: Rle): [x1: number, y1: number, x2: number, y2: number] {
  let x1 = width;
  let y1 = height;
  let x2 = 0;
  let y2 = 0;
  let x = 0;
  let y = 0; // where the next run starts
  for (let i = 0; i < counts.length; i++) {
    const end = y + (counts[i] | 0);
    const columns = end < height ? 0 : end < 2 * height ? 1 : (end / height) | 0;
    if ((i & 1) === 1 && end > y) {
      // A run that ends with its column does not reach the next one.
      const right = end === columns * height ? x + columns : x + columns + 1;
      const goesOn = right > x + 1; // it has reached the bottom, and started again at the top
      x1 = Math.min(x1, x);
      x2 = Math.max(x2, right);
      y1 = goesOn ? 0 : Math.min(y1, y);
      y2 = goesOn ? height : Math.max(y2, end);
    }
    x += columns;
    y = end - columns * height;
  }
  return x1 < x2 ? [x1, y1, x2, y2] : [0, 0, 0, 0];
}
