import { DTYPE_BYTES } from '../dtype.ts';
import { byteCursor } from '../pickle/byte-cursor.ts';
import { interpretPickle } from '../pickle/interpret-pickle.ts';
import { growthBudget } from '../pickle/limits.ts';
import type { PythonValue } from '../pickle/python-value.ts';
import { weightsWhitelist } from '../pickle/whitelist.ts';
import { stateDictOf } from '../state-dict-of.ts';
import { weightsOf, type TypedWeight } from '../typed-weight.ts';
import type { StateDict } from '../weight.ts';
import { torchStorages } from './torch-storage.ts';
import { zipEntries } from './zip-entries.ts';

const LEGACY_MAGIC = 0x1950a86a20f9469cfc6cn;

/**
 * The state dict in a file of `torch.save`: the zip format (PyTorch 1.6 and later) or the one before it. The pickle is
 * interpreted by a whitelist, never executed: tensors, ordered dicts, plain values, numpy's arrays. Half precision widens
 * to float32, int16 and int8 to int32; tensors that share a storage share memory; others than row-major are gathered.
 * A state dict under `model`, `state_dict` or `model_state_dict` is found.
 * @throws Error in one line on any other file, naming what it holds and the byte
 */
export function readPth(bytes: Uint8Array): StateDict {
  return weightsOf(typedPth(bytes));
}

/** {@link readPth} with dtypes. */
export function typedPth(bytes: Uint8Array): ReadonlyMap<string, TypedWeight> {
  try {
    return stateDictOf(bytes[0] === 0x50 ? readZip(bytes) : readLegacy(bytes));
  } catch (error) {
    throw new Error(`readPth: ${(error as Error).message}`, { cause: error });
  }
}

function readZip(bytes: Uint8Array): PythonValue {
  const entries = zipEntries(bytes);
  const main = [...entries.keys()].find((name) => name === 'data.pkl' || name.endsWith('/data.pkl'));
  const pickle = main === undefined ? undefined : entries.get(main);
  if (main === undefined || pickle === undefined) throw new Error('expected an entry data.pkl in the zip file, got none');
  const folder = main.slice(0, -'data.pkl'.length);
  const order = entries.get(`${folder}byteorder`);
  if (order !== undefined && new TextDecoder().decode(order).trim() !== 'little') throw new Error('expected little-endian numbers, got another byte order');
  const storages = torchStorages((key) => entries.get(`${folder}data/${key}`));
  return interpretPickle(byteCursor(pickle), weightsWhitelist(growthBudget(bytes.length)), storages);
}

/** Five pickles (magic number, protocol, system, object, keys of the storages), then a count and the numbers of each storage. */
function readLegacy(bytes: Uint8Array): PythonValue {
  const cursor = byteCursor(bytes);
  const whitelist = weightsWhitelist(growthBudget(bytes.length));
  if (interpretPickle(cursor, whitelist) !== LEGACY_MAGIC) throw new Error("expected PyTorch's magic number at the start, got another value");
  if (interpretPickle(cursor, whitelist) !== 1001) throw new Error('expected protocol 1001, got another');
  const system = interpretPickle(cursor, whitelist);
  if (system instanceof Map && system.get('little_endian') === false) throw new Error('expected little-endian numbers, got big-endian ones');
  const found = new Map<string, Uint8Array>();
  const widths = new Map<string, number>();
  const storages = torchStorages((key) => found.get(key));
  const root = interpretPickle(cursor, whitelist, (id) => {
    const storage = storages(id);
    widths.set((id as readonly string[])[2], DTYPE_BYTES[storage.dtype]);
    return storage;
  });
  const keys = interpretPickle(cursor, whitelist);
  if (!Array.isArray(keys)) throw new Error('expected the list of storages, got something else');
  for (const key of keys as readonly PythonValue[]) {
    const width = typeof key === 'string' ? widths.get(key) : undefined;
    if (typeof key !== 'string' || width === undefined) throw new Error('expected the key of a storage that is used, got another');
    found.set(key, cursor.take(cursor.uint64() * width));
  }
  return root;
}
