import type { Size } from '@rcnn/geometry';
import type { AffineGrid } from './affine-grid.ts';

/**
 * Bilinear samples of derivatives, two in a word as `scharr` writes them, at the positions of a grid, 0 beyond the borders: in
 * 1024ths (weights are products of 32nds), into `along` and `across`.
 */
export function warpGradients(
  words: Int32Array,
  { width, height }: Size,
  { columnX, columnY, rowX, rowY }: AffineGrid,
  along: Int32Array,
  across: Int32Array,
): void {
  const columns = columnX.length;
  const lastX = (width - 1) << 5;
  const lastY = (height - 1) << 5;
  for (let v = 0; v < rowX.length; v++) {
    const x0 = rowX[v];
    const y0 = rowY[v];
    const row = v * columns;
    for (let u = 0; u < columns; u++) {
      const x = (x0 + columnX[u]) >> 5;
      const y = (y0 + columnY[u]) >> 5;
      const inside = x >= 0 && y >= 0 && x < lastX && y < lastY;
      const at = inside ? (y >> 5) * width + (x >> 5) : -1;
      const p = inside ? words[at] : wordAt(words, width, height, x >> 5, y >> 5);
      const q = inside ? words[at + 1] : wordAt(words, width, height, (x >> 5) + 1, y >> 5);
      const r = inside ? words[at + width] : wordAt(words, width, height, x >> 5, (y >> 5) + 1);
      const s = inside ? words[at + width + 1] : wordAt(words, width, height, (x >> 5) + 1, (y >> 5) + 1);
      const fx = x & 31;
      const fy = y & 31;
      const [wp, wq, wr, ws] = [(32 - fx) * (32 - fy), fx * (32 - fy), (32 - fx) * fy, fx * fy];
      along[row + u] = wp * ((p << 16) >> 16) + wq * ((q << 16) >> 16) + wr * ((r << 16) >> 16) + ws * ((s << 16) >> 16);
      across[row + u] = wp * (p >> 16) + wq * (q >> 16) + wr * (r >> 16) + ws * (s >> 16);
    }
  }
}

function wordAt(words: Int32Array, width: number, height: number, x: number, y: number): number {
  return x >= 0 && y >= 0 && x < width && y < height ? words[y * width + x] : 0;
}
