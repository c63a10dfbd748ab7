import { createHash } from 'node:crypto';

/** The first 16 digits of a SHA-256 of integers as little-endian int32, or of bytes as they are. */
export function digest(values: Iterable<number> | Uint8Array): string {
  const bytes = values instanceof Uint8Array ? values : Buffer.from(Int32Array.from(values).buffer);
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
