// Sums of outer products, Σ_r aᵣᵀ · bᵣ, block by block: what the gradient of a weight needs.
import { COLUMNS, columnsTile, columnTile } from './tile';
import { packedBytes, packRows } from './pack';

/** Outer products summed at once: both operands' blocks stay in the cache while every tile passes over them. */
export const DEPTH: i32 = 128;

/** Bytes of workspace for a result of `rows × columns`: the sums in panels, a packed block, and its row pointers. */
export function transposedBytes(rows: i32, columns: i32): usize {
  return packedBytes(rows, columns) + packedBytes(DEPTH, columns) + <usize>DEPTH * 4;
}

/** Where the packed block of the right operand lies in the workspace. */
export function packedBlock(work: usize, rows: i32, columns: i32): usize {
  return work + packedBytes(rows, columns);
}

/** Where the pointers to the rows of the left operand lie in the workspace. */
export function rowPointers(work: usize, rows: i32, columns: i32): usize {
  return packedBlock(work, rows, columns) + packedBytes(DEPTH, columns);
}

/** Clears the sums. */
export function clearSums(work: usize, rows: i32, columns: i32): void {
  memory.fill(work, 0, packedBytes(rows, columns));
}

/** Packs `count ≤ DEPTH` rows of the right operand, as the next block. */
export function packBlock(matrix: usize, count: i32, columns: i32, work: usize, rows: i32): void {
  packRows(matrix, count, columns, <usize>columns * 4, packedBlock(work, rows, columns));
}

/** Adds the block to the sums' rows `first … first + channels`; the pointers name the left operand's rows. */
export function addBlock(count: i32, channels: i32, first: i32, work: usize, rows: i32, columns: i32): void {
  const pointers = rowPointers(work, rows, columns);
  const packed = packedBlock(work, rows, columns);
  const panelBytes = <usize>count * 32;
  const sumsBytes = <usize>rows * 32;
  for (let c = 0; c < channels; ) {
    const step = channels - c >= 4 ? 4 : 1;
    let panel = packed;
    let sums = work + <usize>(first + c) * 32;
    for (let j = 0; j < columns; j += COLUMNS) {
      if (step === 4) columnsTile(pointers, count, <usize>c * 4, panel, sums);
      else columnTile(pointers, count, <usize>c * 4, panel, sums);
      panel += panelBytes;
      sums += sumsBytes;
    }
    c += step;
  }
}

/** Writes the sums as a row-major `rows × columns` matrix. */
export function storeSums(work: usize, rows: i32, columns: i32, out: usize): void {
  for (let j = 0; j < columns; j += COLUMNS) {
    const width = min(COLUMNS, columns - j);
    for (let r = 0; r < rows; r++) {
      const to = out + (<usize>r * <usize>columns + <usize>j) * 4;
      if (width === 8) {
        v128.store(to, v128.load(work));
        v128.store(to, v128.load(work, 16), 16);
      } else {
        for (let i = 0; i < width; i++) store<f32>(to + <usize>i * 4, load<f32>(work + <usize>i * 4));
      }
      work += 32;
    }
  }
}
