import { decodeNumbers, DTYPE_BYTES, type Dtype } from '../dtype.ts';
import { describeValue, isCounts, isGlobal, type PythonValue } from '../pickle/python-value.ts';
import type { WeightData } from '../weight.ts';

/** Numbers that tensors share: what PyTorch keeps outside of the pickle. */
export interface TorchStorage {
  readonly kind: 'storage';
  readonly dtype: Dtype;
  readonly count: number;
  readonly numbers: () => WeightData;
}

/** Whether a value is a storage. */
export const isTorchStorage = (value: PythonValue): value is TorchStorage =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'storage';

/** The storages of a file: the same key and dtype give the same numbers. */
export function torchStorages(bytesOf: (key: string) => Uint8Array | undefined): (id: PythonValue) => TorchStorage {
  const known = new Map<string, TorchStorage>();
  return (id) => {
    const [tag, type, key, , count, view] = Array.isArray(id) ? (id as readonly PythonValue[]) : [];
    const dtype = isGlobal(type) ? type.dtype : undefined;
    if (tag !== 'storage' || dtype === undefined || typeof key !== 'string' || !isCounts([count])) {
      throw new Error(`expected a reference ('storage', class, key, location, count), got ${describeValue(id)} with ${describeValue(type)}`);
    }
    if (view !== undefined && view !== null) throw new Error(`expected a whole storage, got a part of storage '${key}'`);
    const numel = count as number;
    const name = `${dtype} ${numel} ${key}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    let decoded: WeightData | undefined;
    const numbers = (): WeightData => {
      const bytes = bytesOf(key);
      if (bytes?.length !== numel * DTYPE_BYTES[dtype]) {
        throw new Error(`expected ${numel * DTYPE_BYTES[dtype]} bytes of numbers in storage '${key}', got ${bytes?.length ?? 'none'}`);
      }
      return (decoded ??= decodeNumbers(dtype, bytes));
    };
    const storage: TorchStorage = { kind: 'storage', dtype, count: numel, numbers };
    known.set(name, storage);
    return storage;
  };
}
