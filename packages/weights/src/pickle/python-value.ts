import type { Dtype } from '../dtype.ts';
import type { Weight } from '../weight.ts';

/**
 * What a pickle's values become: None null, int number (bigint beyond 2⁵³), str string, bytes Uint8Array, list and tuple
 * arrays, dict and OrderedDict Map, set Set, and the objects below, told apart by `kind`.
 */
export type PythonValue = unknown;

/** A name of the whitelist. What it does when a pickle calls it is written here; Python's code is nowhere. */
export interface PythonGlobal {
  readonly kind: 'global';
  readonly name: string;
  readonly call?: (args: readonly PythonValue[]) => PythonValue;
  /** The dtype of the storages that a class of PyTorch's names. */
  readonly dtype?: Dtype;
}

/** A tensor or array whose numbers are yet to be gathered. */
export interface PickledTensor {
  readonly kind: 'tensor';
  readonly dtype: () => Dtype;
  readonly read: () => Weight;
}

/** An object that a pickle makes empty and then gives its state (BUILD). */
export interface Buildable {
  readonly build: (state: PythonValue) => void;
}

const kindOf = (value: PythonValue): unknown =>
  typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;

/** Whether a value is a name of the whitelist. */
export const isGlobal = (value: PythonValue): value is PythonGlobal => kindOf(value) === 'global';

/** Whether a value is a tensor or an array. */
export const isPickledTensor = (value: PythonValue): value is PickledTensor => kindOf(value) === 'tensor';

/** Whether a value takes a state. */
export const isBuildable = (value: PythonValue): value is Buildable =>
  typeof value === 'object' && value !== null && 'build' in value && typeof value.build === 'function';

/** Whether a value is a tuple or list of whole numbers of at least 0: a shape, strides. */
export const isCounts = (value: PythonValue): value is readonly number[] =>
  Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && (count as number) >= 0);

/** A value in a few words, for messages. */
export function describeValue(value: PythonValue): string {
  if (value === null || value === undefined) return 'None';
  if (Array.isArray(value)) return `a list or tuple of ${value.length}`;
  if (value instanceof Map) return `a dict of ${value.size}`;
  if (value instanceof Set) return `a set of ${value.size}`;
  if (value instanceof Uint8Array) return `bytes of length ${value.length}`;
  if (isGlobal(value)) return value.name;
  if (isPickledTensor(value)) return 'a tensor';
  if (typeof value === 'object') {
    const kind = kindOf(value);
    return typeof kind === 'string' ? `a ${kind}` : 'a value';
  }
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : 'a value';
}
