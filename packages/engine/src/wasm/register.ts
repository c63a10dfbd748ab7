import {
  getKernel, registerKernel as registerWithTfjs, unregisterKernel, type KernelConfig, type NamedAttrMap, type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { heapOf, type Heap } from './heap.ts';

/** What a kernel gets: its tensors and attributes by name, and the heap they lie on. */
export interface KernelCall<Inputs, Attributes> {
  readonly inputs: Inputs;
  readonly attributes: Attributes;
  readonly heap: Heap;
}

/**
 * Registers a kernel for a backend that keeps its tensors on tfjs's wasm heap, in place of the one it has, if any. A kernel
 * that answers `undefined` leaves the case to that one.
 */
export function registerKernel<Inputs, Attributes>(
  backendName: string,
  kernelName: string,
  kernel: (call: KernelCall<Inputs, Attributes>) => TensorInfo | TensorInfo[] | undefined,
): void {
  const original = getKernel(kernelName, backendName) as KernelConfig | undefined;
  if (original !== undefined) unregisterKernel(kernelName, backendName);
  registerWithTfjs({
    kernelName,
    backendName,
    ...(original?.setupFunc === undefined ? {} : { setupFunc: original.setupFunc }),
    ...(original?.disposeFunc === undefined ? {} : { disposeFunc: original.disposeFunc }),
    kernelFunc: ({ inputs, backend, attrs }) => {
      const result = kernel({
        inputs: inputs as Inputs,
        attributes: attrs as NamedAttrMap as Attributes,
        heap: heapOf(backend as BackendWasm),
      });
      if (result !== undefined) return result;
      if (original === undefined) throw new Error(`${kernelName}: this case has no kernel on ${backendName}`);
      return original.kernelFunc({ inputs, backend, ...(attrs === undefined ? {} : { attrs }) });
    },
  });
}
