import CRC32 from 'crc-32';
import { unzipSync } from 'fflate';
import { MAX_ZIP_ENTRIES } from '../pickle/limits.ts';
import { zipChecksums } from './zip-checksums.ts';

/**
 * The entries of a zip file in which nothing is compressed, as PyTorch writes them. A compressed entry, or entries that
 * together are longer than the file (a zip bomb), are refused before a byte is unpacked; then each entry's CRC-32 is
 * verified. A checksum of 0 counts as not computed: PyTorch can be told to save the time.
 * @throws Error in one line
 */
export function zipEntries(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let total = 0;
  const names: string[] = [];
  const files = unzipSync(bytes, {
    filter: ({ name, size, originalSize, compression }) => {
      if (compression !== 0 || size !== originalSize) {
        throw new Error(`expected entries stored as they are, got a compressed or damaged one, ${printed(name)}`);
      }
      total += size;
      names.push(name);
      if (!(total <= bytes.length) || names.length > MAX_ZIP_ENTRIES) {
        throw new Error(`expected at most ${MAX_ZIP_ENTRIES} entries of ${bytes.length} bytes together, got more: refused as a zip bomb`);
      }
      return true;
    },
  });
  const checksums = zipChecksums(bytes);
  names.forEach((name, i) => {
    const [expected, got] = [checksums[i], CRC32.buf(files[name]) >>> 0];
    if (expected !== 0 && expected !== got) throw new Error(`expected the CRC-32 ${hex(expected)} of entry ${printed(name)}, got ${hex(got)} (file damaged)`);
  });
  return new Map(Object.entries(files));
}

const printed = (name: string): string => JSON.stringify(name.slice(0, 80));
const hex = (checksum: number | undefined): string => (checksum ?? 0).toString(16).padStart(8, '0');
