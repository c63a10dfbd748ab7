import type { Size } from '@rcnn/geometry';
import type { AffineGrid } from './affine-grid.ts';

/**
 * Bilinear samples of two planes of integers at the positions of a grid, in 1024ths (weights are products of 32nds), 0 beyond
 * the borders: written into `toA` and `toB`.
 */
export function warpGradients(
  a: Int32Array,
  b: Int32Array,
  { width, height }: Size,
  { columnX, columnY, rowX, rowY }: AffineGrid,
  toA: Int32Array,
  toB: Int32Array,
): void {
  const columns = columnX.length;
  const lastX = (width - 1) << 5;
  const lastY = (height - 1) << 5;
  for (let v = 0; v < rowX.length; v++) {
    const x0 = rowX[v];
    const y0 = rowY[v];
    const out = v * columns;
    for (let u = 0; u < columns; u++) {
      const x = (x0 + columnX[u]) >> 5;
      const y = (y0 + columnY[u]) >> 5;
      if (x >= 0 && y >= 0 && x < lastX && y < lastY) {
        const at = (y >> 5) * width + (x >> 5);
        const fx = x & 31;
        const fy = y & 31;
        const upperA = (a[at] << 5) + (a[at + 1] - a[at]) * fx;
        const lowerA = (a[at + width] << 5) + (a[at + width + 1] - a[at + width]) * fx;
        toA[out + u] = (upperA << 5) + (lowerA - upperA) * fy;
        const upperB = (b[at] << 5) + (b[at + 1] - b[at]) * fx;
        const lowerB = (b[at + width] << 5) + (b[at + width + 1] - b[at + width]) * fx;
        toB[out + u] = (upperB << 5) + (lowerB - upperB) * fy;
      } else {
        toA[out + u] = borderSample(a, width, height, x, y);
        toB[out + u] = borderSample(b, width, height, x, y);
      }
    }
  }
}

function borderSample(plane: Int32Array, width: number, height: number, x: number, y: number): number {
  const left = x >> 5;
  const top = y >> 5;
  const at = (column: number, row: number): number =>
    column >= 0 && row >= 0 && column < width && row < height ? plane[row * width + column] : 0;
  const upper = (32 - (x & 31)) * at(left, top) + (x & 31) * at(left + 1, top);
  const lower = (32 - (x & 31)) * at(left, top + 1) + (x & 31) * at(left + 1, top + 1);
  return (32 - (y & 31)) * upper + (y & 31) * lower;
}
