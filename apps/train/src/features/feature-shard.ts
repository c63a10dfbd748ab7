import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { narrowFloat16, widenFloat16 } from '@rcnn/weights';
import { writeAtomically } from '../atomic-write.ts';

/** How the numbers of a shard are stored. */
export type Precision = 'float32' | 'float16';

/** What a shard says of itself; another one than expected is as good as none. */
export interface ShardHeader {
  /** Hash of everything that the features depend on. */
  readonly key: string;
  readonly precision: Precision;
  readonly dimensions: number;
  /** The images in it, in order, and how many rows each has. */
  readonly images: readonly { readonly id: string; readonly rows: number }[];
}

/** The rows of a shard's images, in memory as they are on disk. */
export interface ShardRows {
  /** The rows of the image at this place in the header, [rows, dimensions]. */
  readonly rows: (place: number) => Float32Array;
}

const magic = Buffer.from('RCNNFEA1', 'latin1');
const hashBytes = 32;

/** Bytes of one number. */
export function bytesPerNumber(precision: Precision): number {
  return precision === 'float16' ? 2 : 4;
}

/** An empty buffer for a shard's numbers, to be filled image by image and written by `write`: one shard of memory. */
export function createShard(header: ShardHeader): { readonly add: (rows: Float32Array) => void; readonly write: (file: string) => void } {
  const head = encodeHeader(header);
  const size = bytesPerNumber(header.precision);
  const whole = Buffer.alloc(shardBytes(header));
  head.copy(whole);
  let offset = head.length;
  let place = 0;
  return {
    add: (rows) => {
      const { id, rows: count } = header.images[place];
      const expected = count * header.dimensions;
      if (rows.length !== expected) throw new RangeError(`feature shard: expected ${expected} numbers for image ${id}, got ${rows.length}`);
      const numbers = header.precision === 'float16' ? narrowFloat16(rows) : rows;
      whole.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), offset);
      offset += rows.length * size;
      place++;
    },
    write: (file) => {
      if (place !== header.images.length) throw new RangeError(`feature shard: expected ${header.images.length} images, got ${place}`);
      createHash('sha256').update(whole.subarray(0, offset)).digest().copy(whole, offset);
      writeAtomically(file, whole);
    },
  };
}

/** Bytes that the file of a shard has. */
export function shardBytes(header: ShardHeader): number {
  const rows = header.images.reduce((sum, image) => sum + image.rows, 0);
  return encodeHeader(header).length + rows * header.dimensions * bytesPerNumber(header.precision) + hashBytes;
}

/** Whether the file is there, as long as it must be and of this header; its numbers are not looked at. */
export function hasShard(file: string, header: ShardHeader): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return false;
  }
  try {
    const expected = encodeHeader(header);
    const found = Buffer.alloc(expected.length);
    return fstatSync(descriptor).size === shardBytes(header) && readSync(descriptor, found, 0, found.length, 0) === found.length && found.equals(expected);
  } finally {
    closeSync(descriptor);
  }
}

/** The shard in a file's bytes. @throws Error saying what is wrong with them */
export function parseShard(bytes: Uint8Array, header: ShardHeader): ShardRows {
  const head = encodeHeader(header);
  const expected = shardBytes(header);
  if (bytes.length !== expected) throw new Error(`expected ${expected} bytes, found ${bytes.length}`);
  const end = bytes.length - hashBytes;
  const digest = createHash('sha256').update(bytes.subarray(0, end)).digest();
  if (!digest.equals(bytes.subarray(end))) throw new Error('the checksum does not fit the contents');
  if (!head.equals(bytes.subarray(0, head.length))) throw new Error('made with other settings');
  const size = bytesPerNumber(header.precision);
  const offsets = [head.length];
  for (const { rows } of header.images) offsets.push(offsets[offsets.length - 1] + rows * header.dimensions * size);
  return {
    rows: (place) => {
      // A copy, which is aligned wherever the file's bytes lie in memory.
      const { buffer } = Uint8Array.from(bytes.subarray(offsets[place], offsets[place + 1]));
      return header.precision === 'float16' ? widenFloat16(new Uint16Array(buffer)) : new Float32Array(buffer);
    },
  };
}

function encodeHeader(header: ShardHeader): Buffer {
  const text = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([magic, length, text]);
}
