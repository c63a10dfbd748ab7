import { byteCursor } from './pickle/byte-cursor.ts';
import { interpretPickle } from './pickle/interpret-pickle.ts';
import { growthBudget } from './pickle/limits.ts';
import { weightsWhitelist } from './pickle/whitelist.ts';
import { stateDictOf } from './state-dict-of.ts';
import { weightsOf, type TypedWeight } from './typed-weight.ts';
import type { StateDict } from './weight.ts';

/**
 * The state dict in a pickle of numpy's arrays, Detectron2's `.pkl`: interpreted by the same whitelist as PyTorch's files.
 * @throws Error in one line on any other file, naming what it holds and the byte
 */
export function readPkl(bytes: Uint8Array): StateDict {
  return weightsOf(typedPkl(bytes));
}

/** {@link readPkl} with dtypes. */
export function typedPkl(bytes: Uint8Array): ReadonlyMap<string, TypedWeight> {
  try {
    return stateDictOf(interpretPickle(byteCursor(bytes), weightsWhitelist(growthBudget(bytes.length))));
  } catch (error) {
    throw new Error(`readPkl: ${(error as Error).message}`, { cause: error });
  }
}
