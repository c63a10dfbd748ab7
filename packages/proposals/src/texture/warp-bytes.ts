import type { Size } from '@rcnn/geometry';
import type { AffineGrid } from './affine-grid.ts';
import type { Spans } from './scharr.ts';

/** Bilinear samples of bytes at the positions of a grid, 0 beyond the borders, rounded to bytes; within the spans. */
export function warpBytes(
  source: Uint8Array,
  { width, height }: Size,
  { columnX, columnY, rowX, rowY }: AffineGrid,
  { from, to }: Spans,
  out: Uint8Array,
): void {
  const columns = columnX.length;
  const lastX = (width - 1) << 5;
  const lastY = (height - 1) << 5;
  for (let v = 0; v < rowX.length; v++) {
    const x0 = rowX[v];
    const y0 = rowY[v];
    const row = v * columns;
    const end = to[v];
    for (let u = from[v]; u < end; u++) {
      const x = (x0 + columnX[u]) >> 5;
      const y = (y0 + columnY[u]) >> 5;
      let value = 0;
      if (x >= 0 && y >= 0 && x < lastX && y < lastY) {
        const at = (y >> 5) * width + (x >> 5);
        const fx = x & 31;
        const upper = (source[at] << 5) + (source[at + 1] - source[at]) * fx;
        const lower = (source[at + width] << 5) + (source[at + width + 1] - source[at + width]) * fx;
        value = ((upper << 5) + (lower - upper) * (y & 31) + 512) >> 10;
      } else if (x >= -32 && y >= -32 && x < lastX + 32 && y < lastY + 32) {
        value = (borderSample(source, width, height, x, y) + 512) >> 10;
      }
      out[row + u] = value;
    }
  }
}

function borderSample(source: Uint8Array, width: number, height: number, x: number, y: number): number {
  const left = x >> 5;
  const top = y >> 5;
  const at = (column: number, row: number): number =>
    column >= 0 && row >= 0 && column < width && row < height ? source[row * width + column] : 0;
  const upper = (32 - (x & 31)) * at(left, top) + (x & 31) * at(left + 1, top);
  const lower = (32 - (x & 31)) * at(left, top + 1) + (x & 31) * at(left + 1, top + 1);
  return (32 - (y & 31)) * upper + (y & 31) * lower;
}
