import type { TensorInfo } from '@tensorflow/tfjs-core';
import { registerKernel } from './register.ts';

/** Identity as another reference to the same numbers; tfjs's own copies them, at every clone. */
export function registerIdentity(): void {
  registerKernel<{ x: TensorInfo }, undefined>('wasm', 'Identity', ({ inputs: { x }, heap }) => {
    heap.keep(x);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  });
}
