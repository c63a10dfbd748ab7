// C[m, n] = clamp(op(A) · op(B) + bias), row-major, op the identity or the transposition.
import { ROWS } from './tile';
import { packColumns, packedBytes, packRows } from './pack';
import { BLOCK_ROWS, blockProduct, padBias, tableBytes } from './product';
import { addBlock, clearSums, DEPTH, packBlock, rowPointers, storeSums, transposedBytes } from './transposed-product';

/** Bytes of workspace for {@link matmul}. */
export function matmulBytes(n: i32, k: i32): usize {
  return packedBytes(k, n) + tableBytes(1, n);
}

/** C = clamp(A · op(B) + bias, low, high); `bias` may be 0 for none. */
export function matmul(
  a: usize, b: usize, bias: usize, c: usize, m: i32, n: i32, k: i32, transposeB: bool, low: f32, high: f32, work: usize,
): void {
  if (transposeB) packColumns(b, k, n, <usize>k * 4, work, <usize>k * 32);
  else packRows(b, k, n, <usize>n * 4, work);
  const rows = work + packedBytes(k, n);
  const outRows = rows + <usize>BLOCK_ROWS * 4;
  const scratch = outRows + <usize>BLOCK_ROWS * 4;
  const paddedBias = scratch + 256;
  padBias(bias, n, paddedBias);
  for (let first = 0; first < m; first += BLOCK_ROWS) {
    const count = min(BLOCK_ROWS, m - first);
    for (let r = 0; r < count; r++) {
      store<u32>(rows + <usize>r * 4, <u32>(a + <usize>(first + r) * <usize>k * 4));
      store<u32>(outRows + <usize>r * 4, <u32>(c + <usize>(first + r) * <usize>n * 4));
    }
    for (let r = count; r % ROWS !== 0; r++) store<u32>(rows + <usize>r * 4, <u32>a);
    blockProduct(rows, outRows, count, 1, k, work, n, paddedBias, low, high, scratch);
  }
}

/** Bytes of workspace for {@link matmulTransposedA}. */
export function matmulTransposedABytes(m: i32, n: i32): usize {
  return transposedBytes(m, n);
}

/** C[m, n] = Aᵀ · B with A `k × m` and B `k × n`. */
export function matmulTransposedA(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, work: usize): void {
  const pointers = rowPointers(work, m, n);
  clearSums(work, m, n);
  for (let first = 0; first < k; first += DEPTH) {
    const count = min(DEPTH, k - first);
    packBlock(b + <usize>first * <usize>n * 4, count, n, work, m);
    for (let r = 0; r < count; r++) store<u32>(pointers + <usize>r * 4, <u32>(a + <usize>(first + r) * <usize>m * 4));
    addBlock(count, m, 0, work, m, n);
  }
  storeSums(work, m, n, c);
}
