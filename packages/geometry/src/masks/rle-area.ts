import type { Rle } from './rle.ts';

/** How many pixels a mask has. */
export function rleArea({ counts }: Rle): number {
  // Two sums, for neither waits for the other; | 0: of integers, which masks of fewer than 2³¹ pixels do not exceed.
  const { length } = counts;
  let area = 0;
  let more = 0;
  let i = 1;
  for (; i + 2 < length; i += 4) {
    area = (area + counts[i]) | 0;
    more = (more + counts[i + 2]) | 0;
  }
  return area + more + (i < length ? counts[i] : 0);
}
