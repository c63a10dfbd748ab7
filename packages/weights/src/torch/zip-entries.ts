import { unzipSync } from 'fflate';
import { MAX_ZIP_ENTRIES } from '../pickle/limits.ts';

/**
 * The entries of a zip file in which nothing is compressed, as PyTorch writes them. A compressed entry, or entries that
 * together are longer than the file (a zip bomb), are refused before a byte is unpacked.
 * @throws Error in one line
 */
export function zipEntries(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let total = 0;
  let entries = 0;
  const files = unzipSync(bytes, {
    filter: ({ name, size, originalSize, compression }) => {
      if (compression !== 0 || size !== originalSize) {
        throw new Error(`expected entries stored as they are, got a compressed or damaged one, ${JSON.stringify(name.slice(0, 80))}`);
      }
      total += size;
      entries++;
      if (!(total <= bytes.length) || entries > MAX_ZIP_ENTRIES) {
        throw new Error(`expected at most ${MAX_ZIP_ENTRIES} entries of ${bytes.length} bytes together, got more: refused as a zip bomb`);
      }
      return true;
    },
  });
  return new Map(Object.entries(files));
}
