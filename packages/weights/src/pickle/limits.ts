/** Opcodes in one pickle: a released detector needs some ten thousand, of which none repeats. */
export const MAX_PICKLE_OPERATIONS = 10_000_000;

/** Containers inside containers; a checkpoint with its optimiser nests six deep. */
export const MAX_PICKLE_DEPTH = 64;

/** Values in a pickle with every reference written out: what `[x, x]` of `[y, y]` of … doubles at every level. */
export const MAX_PICKLE_VALUES = 10_000_000;

/** Bytes of an integer; 8 would do but for the number that begins PyTorch's older files, of 10. */
export const MAX_INTEGER_BYTES = 32;

/** Axes of a tensor. */
export const MAX_TENSOR_RANK = 16;

/** What is gathered or unpacked, in bytes, is at most so many times the file's … */
export const MAX_GROWTH = 16;

/** … and this much, so that small files may hold small views of any kind. */
export const FREE_GROWTH_BYTES = 1 << 20;

/** Entries in a zip file; a detector has one for each tensor. */
export const MAX_ZIP_ENTRIES = 65_535;

/** Keeps account of what a file makes the reader allocate beyond its own bytes: throws when that is too much. */
export type Budget = (bytes: number) => void;

/** The account of a file of `fileBytes`. */
export function growthBudget(fileBytes: number): Budget {
  const limit = MAX_GROWTH * fileBytes + FREE_GROWTH_BYTES;
  let spent = 0;
  return (bytes) => {
    spent += bytes;
    if (!(spent <= limit)) {
      throw new Error(`expected values of at most ${limit} bytes in a file of ${fileBytes}, got ${spent}: refused as made to exhaust the memory`);
    }
  };
}
