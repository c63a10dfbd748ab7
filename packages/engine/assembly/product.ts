// Products of rows found through pointers with a packed right operand.
import { COLUMNS, ROWS, rowsTile } from './tile';

/** Tiles whose pointers are kept at once: their rows stay in the second-level cache while all panels pass. */
export const BLOCK: i32 = 48;
export const BLOCK_ROWS: i32 = BLOCK * ROWS;

/** Bytes of the tables that {@link blockProduct} reads, its edge tile, and its padded bias. */
export function tableBytes(taps: i32, columns: i32): usize {
  return <usize>(BLOCK_ROWS * 4 * (taps + 1) + 256 + ((columns + 7) & ~7) * 4);
}

/** The bias padded with zeros to whole panels; `bias` may be 0 for none. */
export function padBias(bias: usize, columns: i32, out: usize): void {
  const padded = (columns + 7) & ~7;
  for (let i = 0; i < padded; i++) {
    store<f32>(out + <usize>i * 4, bias !== 0 && i < columns ? load<f32>(bias + <usize>i * 4) : 0);
  }
}

/**
 * The rows of one block against all panels. `rows` holds, tile by tile, `taps × 5` pointers; `outRows` 5 pointers a
 * tile to where each row of the result begins. Rows past `count` repeat an earlier row and are not written.
 */
export function blockProduct(
  rows: usize, outRows: usize, count: i32, taps: i32, channels: i32, panels: usize, columns: i32, bias: usize,
  low: f32, high: f32, scratch: usize,
): void {
  const panelBytes = <usize>taps * <usize>channels * 32;
  const scratchRows = scratch + 160; // 5 pointers after the 5 × 8 edge tile
  for (let i = 0; i < ROWS; i++) store<u32>(scratchRows + <usize>i * 4, <u32>(scratch + <usize>i * 32));
  for (let j = 0; j < columns; j += COLUMNS) {
    const width = min(COLUMNS, columns - j);
    const offset = <usize>j * 4;
    for (let first = 0; first < count; first += ROWS) {
      const table = rows + <usize>first * <usize>taps * 4;
      const outs = outRows + <usize>first * 4;
      const height = min(ROWS, count - first);
      rowsTile(table, taps, channels, panels, scratchRows, bias + offset, low, high);
      for (let i = 0; i < height; i++) {
        const from = scratch + <usize>i * 32;
        const to = <usize>load<u32>(outs + <usize>i * 4) + offset;
        if (width === 8) {
          v128.store(to, v128.load(from));
          v128.store(to, v128.load(from, 16), 16);
        } else {
          for (let k = 0; k < width; k++) store<f32>(to + <usize>k * 4, load<f32>(from + <usize>k * 4));
        }
      }
    }
    panels += panelBytes;
  }
}
