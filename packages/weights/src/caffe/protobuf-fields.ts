import { PbfReader } from 'pbf';

/** One field of a message: its number, and the reader that stands at its value. */
type Visit = (field: number, reader: PbfReader) => void;

/**
 * Visits the fields of a message. A field whose value `visit` does not read is passed over.
 * @throws Error if the bytes are no message
 */
export function eachField(bytes: Uint8Array, visit: Visit): void {
  const reader = new PbfReader(bytes);
  reader.readFields((field) => visit(field, reader), undefined);
  if (reader.pos !== bytes.length) throw new Error(`expected a message of ${bytes.length} bytes, got one that ends at byte ${reader.pos} (file truncated or damaged)`);
}

/** The bytes of a field that holds a message, a text or packed numbers: a view. @throws Error if it is of another kind, or the file ends before */
export function bytesOf(reader: PbfReader): Uint8Array {
  if (reader.type !== 2) throw new Error(`expected a field with a length, got wire type ${reader.type}`);
  const length = reader.readVarint();
  if (!(length <= reader.length - reader.pos)) {
    throw new Error(`expected a field of ${length} bytes, got ${reader.length - reader.pos} (file truncated or damaged)`);
  }
  reader.pos += length;
  return reader.buf.subarray(reader.pos - length, reader.pos);
}

const utf8 = new TextDecoder('utf-8');

/** A field's text. */
export function textOf(reader: PbfReader): string {
  return utf8.decode(bytesOf(reader));
}

/** A whole number of a field, or all of a packed one. */
export function integersOf(reader: PbfReader): number[] {
  if (reader.type === 0) return [reader.readVarint(true)];
  const packed = new PbfReader(bytesOf(reader));
  const numbers: number[] = [];
  while (packed.pos < packed.length) numbers.push(packed.readVarint(true));
  return numbers;
}
