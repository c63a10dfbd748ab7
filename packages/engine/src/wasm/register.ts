import {
  getKernel, registerKernel, unregisterKernel, type KernelConfig, type NamedAttrMap, type TensorInfo,
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
 * Registers a kernel for the wasm backend in place of tfjs's own, if it has one. A kernel that answers `undefined`
 * leaves the case to tfjs's.
 */
export function registerWasmKernel<Inputs, Attributes>(
  kernelName: string,
  kernel: (call: KernelCall<Inputs, Attributes>) => TensorInfo | TensorInfo[] | undefined,
): void {
  const backendName = 'wasm';
  const original = getKernel(kernelName, backendName) as KernelConfig | undefined;
  if (original !== undefined) unregisterKernel(kernelName, backendName);
  registerKernel({
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
      if (original === undefined) throw new Error(`${kernelName}: this case has no wasm kernel`);
      return original.kernelFunc({ inputs, backend, ...(attrs === undefined ? {} : { attrs }) });
    },
  });
}
