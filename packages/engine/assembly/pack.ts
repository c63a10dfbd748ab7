// Matrices rearranged into panels of 8 columns, the missing columns of the last panel filled with zeros.
import { COLUMNS } from './tile';

/** Bytes of a packed matrix of `depth` rows and `columns` columns. */
export function packedBytes(depth: i32, columns: i32): usize {
  return <usize>((columns + COLUMNS - 1) / COLUMNS) * <usize>depth * 32;
}

/** Packs the row-major `depth × columns` matrix whose rows are `stride` bytes apart. */
export function packRows(matrix: usize, depth: i32, columns: i32, stride: usize, out: usize): void {
  const whole = columns & ~7;
  for (let j = 0; j < whole; j += 8) {
    let row = matrix + <usize>j * 4;
    for (let d = 0; d < depth; d++) {
      v128.store(out, v128.load(row));
      v128.store(out, v128.load(row, 16), 16);
      row += stride; out += 32;
    }
  }
  if (whole === columns) return;
  for (let d = 0; d < depth; d++) {
    const row = matrix + <usize>d * stride;
    for (let j = 0; j < 8; j++) {
      store<f32>(out, whole + j < columns ? load<f32>(row + <usize>(whole + j) * 4) : 0);
      out += 4;
    }
  }
}

/** Packs the transpose of the row-major `columns × depth` matrix whose rows are `stride` bytes apart; each panel is
 * `panelStride` bytes after the one before, so that the taps of a filter can lie between. */
export function packColumns(
  matrix: usize, depth: i32, columns: i32, stride: usize, out: usize, panelStride: usize,
): void {
  for (let j = 0; j < columns; j += 8) {
    const width = min(8, columns - j);
    for (let i = 0; i < 8; i++) {
      let to = out + <usize>i * 4;
      if (i < width) {
        let from = matrix + <usize>(j + i) * stride;
        for (let d = 0; d < depth; d++) {
          store<f32>(to, load<f32>(from));
          from += 4; to += 32;
        }
      } else {
        for (let d = 0; d < depth; d++) {
          store<f32>(to, 0);
          to += 32;
        }
      }
    }
    out += panelStride;
  }
}
