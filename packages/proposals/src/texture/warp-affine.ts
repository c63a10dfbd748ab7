import type { Size } from '@rcnn/geometry';
import type { AffineGrid } from './affine-grid.ts';

/**
 * Bilinear samples of `source` at the positions of a grid, 0 beyond its borders, in 1024ths (weights are products of 32nds):
 * `to[v · columns + u] = (sample · 1024 + round) >> shift`.
 */
export function warpAffine(
  source: Uint8Array | Int16Array,
  { width, height }: Size,
  { columnX, columnY, rowX, rowY }: AffineGrid,
  to: Uint8Array | Int32Array,
  shift: 0 | 10,
): void {
  const columns = columnX.length;
  const round = shift === 0 ? 0 : 512;
  for (let v = 0; v < rowX.length; v++) {
    const [x0, y0] = [rowX[v], rowY[v]];
    const out = v * columns;
    for (let u = 0; u < columns; u++) {
      const x = (x0 + columnX[u]) >> 5;
      const y = (y0 + columnY[u]) >> 5;
      const [left, top] = [x >> 5, y >> 5];
      if (left >= 0 && top >= 0 && left < width - 1 && top < height - 1) {
        const at = top * width + left;
        const [fx, fy] = [x & 31, y & 31];
        const upper = (source[at] << 5) + (source[at + 1] - source[at]) * fx;
        const lower = (source[at + width] << 5) + (source[at + width + 1] - source[at + width]) * fx;
        to[out + u] = ((upper << 5) + (lower - upper) * fy + round) >> shift;
      } else if (left >= -1 && top >= -1 && left < width && top < height) {
        to[out + u] = (borderSample(source, width, height, x, y) + round) >> shift;
      } else {
        to[out + u] = 0;
      }
    }
  }
}

function borderSample(source: Uint8Array | Int16Array, width: number, height: number, x: number, y: number): number {
  const [left, top, fx, fy] = [x >> 5, y >> 5, x & 31, y & 31];
  const at = (column: number, row: number): number =>
    column >= 0 && row >= 0 && column < width && row < height ? source[row * width + column] : 0;
  const upper = (32 - fx) * at(left, top) + fx * at(left + 1, top);
  const lower = (32 - fx) * at(left, top + 1) + fx * at(left + 1, top + 1);
  return (32 - fy) * upper + fy * lower;
}
