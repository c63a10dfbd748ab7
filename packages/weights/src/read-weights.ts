import { readCaffemodel } from './caffe/read-caffemodel.ts';
import { dtypeOf, type Dtype } from './dtype.ts';
import { typedPkl } from './read-pkl.ts';
import { typedSafetensors } from './read-safetensors.ts';
import { typedPth } from './torch/read-pth.ts';
import { weightsOf, type TypedWeight } from './typed-weight.ts';
import type { StateDict } from './weight.ts';

/** A file of weights, whatever its format. */
export interface WeightsFile {
  readonly format: 'safetensors' | 'pth' | 'pkl' | 'caffemodel';
  readonly tensors: StateDict;
  /** What the tensors are in the file; in memory F16 and BF16 are float32, I16 and I8 int32. */
  readonly dtypes: ReadonlyMap<string, Dtype>;
}

/**
 * The weights in a file, its format recognised by its content: safetensors, PyTorch's `.pth`, Detectron2's
 * `.pkl`, Caffe's `.caffemodel`.
 * @param name the file's name, for messages alone
 * @throws Error in one line, which begins with the name
 */
export function readWeights(bytes: Uint8Array, name: string): WeightsFile {
  const format = formatOf(bytes);
  try {
    if (format === undefined) throw new Error('expected safetensors, a .pth of PyTorch, a .pkl of Detectron2 or a .caffemodel, got another format');
    const typed = readers[format](bytes);
    return { format, tensors: weightsOf(typed), dtypes: new Map([...typed].map(([tensor, { dtype }]) => [tensor, dtype])) };
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}

const readers: Readonly<Record<WeightsFile['format'], (bytes: Uint8Array) => ReadonlyMap<string, TypedWeight>>> = {
  safetensors: (bytes) => typedSafetensors(bytes).typed,
  pth: typedPth,
  pkl: typedPkl,
  caffemodel: (bytes) => new Map([...readCaffemodel(bytes)].map(([name, weight]) => [name, { dtype: dtypeOf(weight.data), weight }])),
};

/**
 * The brace that opens the safetensors header, `PK`, the pickle of PyTorch's magic number, a pickle of protocol 2 to 5,
 * or a field that a net of Caffe's may begin with: its name, or a layer of either form.
 */
function formatOf(bytes: Uint8Array): WeightsFile['format'] | undefined {
  // Before `PK`, for a header may be as long as that reads; a zip has no brace there.
  if (bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0) return 'safetensors';
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'pth';
  if (bytes[0] === 0x0a || bytes[0] === 0x12 || (bytes[0] === 0xa2 && bytes[1] === 0x06)) return 'caffemodel';
  if (bytes[0] !== 0x80 || !(bytes[1] >= 2 && bytes[1] <= 5)) return undefined;
  return [0x8a, 0x0a, 0x6c, 0xfc].every((byte, i) => bytes[2 + i] === byte) ? 'pth' : 'pkl';
}
