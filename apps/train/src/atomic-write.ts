import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { threadId } from 'node:worker_threads';

let count = 0;

/**
 * Writes a file whole or not at all: under a temporary name, flushed to the disk, then renamed. The name is of this process, thread and
 * call alone, so that of several who write the same file at once each leaves it whole.
 * @param contents all of it, or its parts one after another
 */
export function writeAtomically(file: string, contents: string | Uint8Array | Iterable<string>): void {
  const temporary = `${file}.${process.pid}-${threadId}-${count++}.partial`;
  try {
    const descriptor = openSync(temporary, 'w');
    try {
      const parts = typeof contents === 'string' || contents instanceof Uint8Array ? [contents] : contents;
      for (const part of parts) writeWhole(descriptor, typeof part === 'string' ? Buffer.from(part) : part);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
