import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { instantiateKernels, type Kernels } from './kernels.ts';

/** tfjs's wasm memory as our kernels use it: tensors by address, one workspace that grows as asked. */
export interface Heap {
  readonly kernels: Kernels;
  readonly addressOf: (tensor: TensorInfo) => number;
  /** Counts one more reference to a tensor's numbers. */
  readonly keep: (tensor: TensorInfo) => void;
  readonly output: (shape: readonly number[], dtype?: DataType) => { readonly info: TensorInfo; readonly address: number };
  /** Scratch memory that stays valid until the same user asks again. */
  readonly workspace: (bytes: number, user?: WorkspaceUser) => number;
  /** The memory as floats; stale as soon as it grows. */
  readonly floats: (address: number, count: number) => Float32Array;
  /** The memory as integers; stale as soon as it grows. */
  readonly integers: (address: number, count: number) => Int32Array;
}

/** Who may hold a workspace at the same time: a kernel, and a matrix product that it calls. */
export type WorkspaceUser = 'kernel' | 'product';

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
  const { memory } = module.asm;
  const workspaces: Record<WorkspaceUser, { capacity: number; address: number }> = {
    kernel: { capacity: 0, address: 0 },
    product: { capacity: 0, address: 0 },
  };
  return {
    kernels: instantiateKernels(memory),
    addressOf,
    keep: (tensor) => {
      backend.incRef(tensor.dataId);
    },
    output: (shape, dtype = 'float32') => {
      const info = backend.makeOutput([...shape], dtype);
      return { info, address: addressOf(info) };
    },
    workspace: (bytes, user = 'kernel') => {
      const held = workspaces[user];
      if (bytes > held.capacity) {
        if (held.address !== 0) module._free(held.address);
        held.address = module._malloc(bytes);
        held.capacity = bytes;
        if (held.address === 0) {
          held.capacity = 0;
          throw new Error(`wasm: no memory for a workspace of ${bytes} bytes`);
        }
      }
      return held.address;
    },
    floats: (address, count) => new Float32Array(memory.buffer, address, count),
    integers: (address, count) => new Int32Array(memory.buffer, address, count),
  };
}
