import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { instantiateKernels, type Kernels } from './kernels.ts';

/** tfjs's wasm memory as our kernels use it: tensors by address, one workspace that grows as asked. */
export interface Heap {
  readonly kernels: Kernels;
  readonly addressOf: (tensor: TensorInfo) => number;
  readonly output: (shape: readonly number[], dtype?: DataType) => { readonly info: TensorInfo; readonly address: number };
  readonly workspace: (bytes: number) => number;
}

interface EmscriptenModule {
  readonly asm?: { readonly memory?: WebAssembly.Memory };
  readonly _malloc: (bytes: number) => number;
  readonly _free: (address: number) => void;
}

const heaps = new WeakMap<BackendWasm, Heap>();

/** The heap of a backend, made at its first use. @throws Error if this build of tfjs hides its memory */
export function heapOf(backend: BackendWasm): Heap {
  let heap = heaps.get(backend);
  if (heap === undefined) {
    heap = createHeap(backend);
    heaps.set(backend, heap);
  }
  return heap;
}

function createHeap(backend: BackendWasm): Heap {
  const module = backend.wasm as unknown as EmscriptenModule;
  if (module.asm?.memory === undefined) {
    throw new Error('wasm: expected the memory of @tensorflow/tfjs-backend-wasm 4.22, got a build that does not show it');
  }
  const addressOf = (tensor: TensorInfo): number => backend.dataIdMap.get(tensor.dataId).memoryOffset;
  let capacity = 0;
  let work = 0;
  return {
    kernels: instantiateKernels(module.asm.memory),
    addressOf,
    output: (shape, dtype = 'float32') => {
      const info = backend.makeOutput([...shape], dtype);
      return { info, address: addressOf(info) };
    },
    workspace: (bytes) => {
      if (bytes > capacity) {
        if (work !== 0) module._free(work);
        work = module._malloc(bytes);
        capacity = bytes;
        if (work === 0) throw new Error(`wasm: no memory for a workspace of ${bytes} bytes`);
      }
      return work;
    },
  };
}
