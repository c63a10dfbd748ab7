import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Writes a file whole or not at all: under a temporary name, flushed to the disk, then renamed. */
export function writeAtomically(file: string, contents: string | Uint8Array): void {
  const temporary = `${file}.partial`;
  const bytes = typeof contents === 'string' ? Buffer.from(contents) : contents;
  try {
    const descriptor = openSync(temporary, 'w');
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}
