import type { Heap } from './heap.ts';

/** `c[i] = op(a[i]) · op(b[i])` for a batch of row-major matrices, one after another; op(a) is `m × k`, op(b) `k × n`. */
export interface Product {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Computes a product of matrices that lie on a heap. */
export type Multiply = (heap: Heap, product: Product) => void;

/** Products by our own kernels. Not both operands may be transposed. */
export const multiplyInWasm: Multiply = ({ kernels, workspace }, { batch, m, n, k, transposeA, transposeB, a, b, c }) => {
  const work = workspace(transposeA ? kernels.matmulTransposedABytes(m, n) : kernels.matmulBytes(n, k), 'product');
  for (let i = 0; i < batch; i++) {
    const [ai, bi, ci] = [a + 4 * i * m * k, b + 4 * i * k * n, c + 4 * i * m * n];
    if (transposeA) kernels.matmulTransposedA(ai, bi, ci, m, n, k, work);
    else kernels.matmul(ai, bi, 0, ci, m, n, k, transposeB ? 1 : 0, -Infinity, Infinity, work);
  }
};
