import * as tf from '@tensorflow/tfjs-core';

type HostType = 'float32' | 'int32';
type ArrayOf<T extends HostType> = T extends 'int32' ? Int32Array : Float32Array;

/** What tfjs's wasm backend has beyond a `KernelBackend`: a view of a tensor where it lies. */
interface HeapBackend {
  readonly typedArrayFromHeap: (tensor: tf.TensorInfo) => Float32Array | Int32Array;
}

/** The backends that keep tensors in memory that JavaScript reads at once. */
const hostBackends: readonly string[] = ['wasm', 'onnx', 'cpu', 'tensorflow'];

/** Whether the current backend's tensors can be read at once and cheaply. */
export function tensorsAreOnHost(): boolean {
  return hostBackends.includes(tf.getBackend());
}

/**
 * A tensor's numbers, to be read only: on wasm the memory in which they lie, and which moves when another tensor is made;
 * elsewhere what `dataSync` gives.
 */
export function hostNumbers<T extends HostType>(tensor: tf.Tensor, dtype: T): ArrayOf<T> {
  const heap = heapBackend();
  const numbers = heap ? heap.typedArrayFromHeap({ ...tensor, dtype }) : tensor.dataSync<T>();
  return numbers as ArrayOf<T>;
}

/**
 * Tensors of one shape, a dtype each, that `write` fills: it gets arrays of zeros, on wasm the tensors' own memory.
 * What it reads of other tensors it takes by {@link hostNumbers} itself, since they may have moved by then.
 */
export function hostTensors<const T extends readonly HostType[]>(
  shape: readonly number[],
  dtypes: T,
  write: (...arrays: { -readonly [K in keyof T]: ArrayOf<T[K]> }) => void,
): tf.Tensor[] {
  type Arrays = Parameters<typeof write>;
  const heap = heapBackend();
  if (heap) {
    const tensors = dtypes.map((dtype) => tf.fill([...shape], 0, dtype));
    write(...(tensors.map((tensor) => heap.typedArrayFromHeap(tensor)) as Arrays));
    return tensors;
  }
  const size = tf.util.sizeFromShape([...shape]);
  const arrays = dtypes.map((dtype) => (dtype === 'int32' ? new Int32Array(size) : new Float32Array(size)));
  write(...(arrays as Arrays));
  return arrays.map((array, i) => tf.tensor(array, [...shape], dtypes[i]));
}

function heapBackend(): HeapBackend | undefined {
  const backend: object = tf.backend();
  return 'typedArrayFromHeap' in backend ? (backend as HeapBackend) : undefined;
}
