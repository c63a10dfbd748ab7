// PNGs as tests need them: palettes and few bits a pixel, which sharp does not write as they are told.
import { crc32, deflateSync } from 'node:zlib';

/** A PNG of numbers, row-major: indices of a palette, or grays, of 1, 2, 4 or 8 bits. */
export function pngOf(values: readonly number[], width: number, { palette = false, depth = 8 }: { palette?: boolean; depth?: number } = {}): Buffer {
  const height = values.length / width;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, palette ? 3 : 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((1 + Math.ceil((width * depth) / 8)) * height);
  values.forEach((value, i) => {
    const bit = (i % width) * depth;
    rows[Math.floor(i / width) * (rows.length / height) + 1 + (bit >> 3)] |= value << (8 - depth - (bit & 7));
  });
  const colours = Buffer.from(Array.from({ length: 3 * 2 ** depth }, (_, i) => (i * 37) % 256));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', colours)] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
