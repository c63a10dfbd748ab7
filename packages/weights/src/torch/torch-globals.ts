import type { Dtype } from '../dtype.ts';
import type { Budget } from '../pickle/limits.ts';
import { namedGlobal } from '../pickle/plain-globals.ts';
import { describeValue, isCounts, isPickledTensor, type PythonGlobal, type PythonValue } from '../pickle/python-value.ts';
import { isTorchStorage } from './torch-storage.ts';
import { stridedTensor } from './strided-tensor.ts';

const storages: Readonly<Record<string, Dtype>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
  UntypedStorage: 'U8',
  'storage.UntypedStorage': 'U8',
};

/** PyTorch's functions that put tensors together, and the classes of storages. */
export function torchGlobals(budget: Budget): readonly PythonGlobal[] {
  const rebuildTensor = ([storage, offset, shape, strides]: readonly PythonValue[]): PythonValue => {
    if (!isTorchStorage(storage) || !isCounts([offset]) || !isCounts(shape) || !isCounts(strides)) {
      const got = [storage, offset, shape, strides].map(describeValue).join(', ');
      throw new Error(`expected a tensor's storage, offset, shape and strides (none negative), got ${got}`);
    }
    const { dtype, count, numbers } = storage;
    return stridedTensor({ dtype, shape: [...shape], strides: [...strides], offset: offset as number, count, numbers }, budget);
  };
  const rebuildParameter = ([tensor]: readonly PythonValue[]): PythonValue => {
    if (!isPickledTensor(tensor)) throw new Error(`expected a parameter's tensor, got ${describeValue(tensor)}`);
    return tensor;
  };
  return [
    namedGlobal('torch._utils._rebuild_tensor', rebuildTensor),
    namedGlobal('torch._utils._rebuild_tensor_v2', rebuildTensor),
    namedGlobal('torch._utils._rebuild_parameter', rebuildParameter),
    ...Object.entries(storages).map(([name, dtype]): PythonGlobal => ({ ...namedGlobal(`torch.${name}`), dtype })),
  ];
}
