import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { activationRange } from './activation.ts';
import type { Heap } from './heap.ts';
import { registerWasmKernel } from './register.ts';

interface Operands {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
  readonly bias?: TensorInfo;
}

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly activation?: string;
}

/** The product of each pair of matrices, or undefined for the cases left to tfjs: broadcast batches and Aᵀ·Bᵀ. */
function multiply(
  { a, b, bias }: Operands,
  { transposeA, transposeB, activation }: Attributes,
  { addressOf, output, workspace, kernels }: Heap,
): TensorInfo | undefined {
  const range = activationRange(activation);
  const batch = a.shape.slice(0, -2);
  if (range === undefined || (transposeA && (transposeB || bias !== undefined || activation !== undefined))) return undefined;
  if (!util.arraysEqual(batch, b.shape.slice(0, -2))) return undefined;
  const [rows, columns] = a.shape.slice(-2);
  const [m, k] = transposeA ? [columns, rows] : [rows, columns];
  const n = b.shape[b.shape.length - (transposeB ? 2 : 1)];
  if (bias !== undefined && util.sizeFromShape(bias.shape) !== n) return undefined;
  const c = output([...batch, m, n]);
  const work = workspace(transposeA ? kernels.matmulTransposedABytes(m, n) : kernels.matmulBytes(n, k));
  const [left, right] = [addressOf(a), addressOf(b)];
  for (let i = 0; i < util.sizeFromShape(batch); i++) {
    const [ai, bi, ci] = [left + 4 * i * m * k, right + 4 * i * k * n, c.address + 4 * i * m * n];
    if (transposeA) {
      kernels.matmulTransposedA(ai, bi, ci, m, n, k, work);
    } else {
      const offset = bias === undefined ? 0 : addressOf(bias);
      kernels.matmul(ai, bi, offset, ci, m, n, k, transposeB ? 1 : 0, range[0], range[1], work);
    }
  }
  return c.info;
}

/** BatchMatMul and _FusedMatMul: tfjs's own are slow as soon as an operand is transposed, as in every gradient. */
export function registerMatmul(): void {
  registerWasmKernel<Operands, Attributes>('BatchMatMul', ({ inputs, attributes, heap }) => multiply(inputs, attributes, heap));
  registerWasmKernel<Operands, Attributes>('_FusedMatMul', ({ inputs, attributes, heap }) => multiply(inputs, attributes, heap));
}
