import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { activationRange } from './activation.ts';
import type { Heap } from './heap.ts';
import type { Multiply } from './products.ts';
import { registerKernel } from './register.ts';

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

/** BatchMatMul and _FusedMatMul: tfjs's own are slow as soon as an operand is transposed, as in every gradient. */
export function registerMatmul(backendName: string, multiply: Multiply): void {
  /** The product of each pair of matrices, or undefined for the cases left to tfjs: broadcast batches and Aᵀ·Bᵀ. */
  const product = ({ a, b, bias }: Operands, { transposeA, transposeB, activation }: Attributes, heap: Heap): TensorInfo | undefined => {
    const range = activationRange(activation);
    const shape = a.shape.slice(0, -2);
    if (range === undefined || (transposeA && transposeB) || !util.arraysEqual(shape, b.shape.slice(0, -2))) return undefined;
    const [rows, columns] = a.shape.slice(-2);
    const [m, k] = transposeA ? [columns, rows] : [rows, columns];
    const n = b.shape[b.shape.length - (transposeB ? 2 : 1)];
    if (bias !== undefined && util.sizeFromShape(bias.shape) !== n) return undefined;
    const batch = util.sizeFromShape(shape);
    const c = heap.output([...shape, m, n]);
    multiply(heap, { batch, m, n, k, transposeA, transposeB, a: heap.addressOf(a), b: heap.addressOf(b), c: c.address });
    if (bias !== undefined || activation !== undefined) {
      heap.kernels.biasClamp(c.address, batch * m, n, bias === undefined ? 0 : heap.addressOf(bias), ...range);
    }
    return c.info;
  };
  for (const kernelName of ['BatchMatMul', '_FusedMatMul']) {
    registerKernel<Operands, Attributes>(backendName, kernelName, ({ inputs, attributes, heap }) => product(inputs, attributes, heap));
  }
}
