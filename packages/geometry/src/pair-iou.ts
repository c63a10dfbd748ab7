import { type Boxes } from './boxes.ts';

/** The IoU of box `i` of `a` with box `j` of `b`, given the areas of all; float32 at every step, as in `boxIou`. */
export function pairIou(a: Boxes, areasA: Float32Array, i: number, b: Boxes, areasB: Float32Array, j: number): number {
  const fround = Math.fround;
  const p = 4 * i;
  const q = 4 * j;
  if (b[q] >= a[p + 2] || b[q + 2] <= a[p] || b[q + 1] >= a[p + 3] || b[q + 3] <= a[p + 1]) {
    return 0;
  }
  const width = fround((a[p + 2] < b[q + 2] ? a[p + 2] : b[q + 2]) - (a[p] > b[q] ? a[p] : b[q]));
  const height = fround((a[p + 3] < b[q + 3] ? a[p + 3] : b[q + 3]) - (a[p + 1] > b[q + 1] ? a[p + 1] : b[q + 1]));
  const intersection = fround(width * height);
  return intersection > 0 ? fround(intersection / fround(fround(areasA[i] + areasB[j]) - intersection)) : 0;
}
