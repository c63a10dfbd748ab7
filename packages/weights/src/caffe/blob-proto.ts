import type { PbfReader } from 'pbf';
import { decodeNumbers } from '../dtype.ts';
import { sizeOf } from '../weight.ts';
import { bytesOf, eachField, integersOf } from './protobuf-fields.ts';

/** Caffe's `BlobProto`: numbers and their extents. */
export interface Blob {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly number[];
  /** Whether the shape is the older form, which always names four extents: number, channels, height, width. */
  readonly legacy: boolean;
}

/** Caffe's own bound. */
const MAX_AXES = 32;

/**
 * A blob: extents in the fields 1 to 4 or in a `BlobShape`, floats in field 5 or doubles in field 8.
 * @throws Error if the numbers do not fill the extents
 */
export function readBlob(bytes: Uint8Array): Blob {
  const legacy = [1, 1, 1, 1];
  let hasLegacy = false;
  let shape: number[] | undefined;
  const floats: Uint8Array[] = [];
  const doubles: Uint8Array[] = [];
  eachField(bytes, (field, reader) => {
    if (field >= 1 && field <= 4) {
      [legacy[field - 1]] = integersOf(reader);
      hasLegacy = true;
    } else if (field === 5) floats.push(numbersOf(reader, 4));
    else if (field === 7) shape = readShape(bytesOf(reader));
    else if (field === 8) doubles.push(numbersOf(reader, 8));
  });
  const data = doubles.length > 0 ? decodeNumbers('F64', joined(doubles)) : decodeNumbers('F32', joined(floats));
  const extents = shape ?? (hasLegacy ? legacy : [data.length]);
  if (extents.length > MAX_AXES || !extents.every((extent) => Number.isSafeInteger(extent) && extent >= 0) || sizeOf(extents) !== data.length) {
    throw new Error(`expected as many numbers as a blob of shape [${extents.slice(0, MAX_AXES).join(', ')}] has, got ${data.length}`);
  }
  return { data: data as Blob['data'], shape: extents, legacy: shape === undefined && hasLegacy };
}

function readShape(bytes: Uint8Array): number[] {
  const extents: number[] = [];
  eachField(bytes, (field, reader) => {
    if (field === 1) extents.push(...integersOf(reader).slice(0, MAX_AXES + 1));
  });
  return extents;
}

/** The bytes of packed numbers, or of a single one, of `width` bytes each. */
function numbersOf(reader: PbfReader, width: 4 | 8): Uint8Array {
  if (reader.type === 2) {
    const bytes = bytesOf(reader);
    if (bytes.length % width !== 0) throw new Error(`expected numbers of ${width} bytes, got ${bytes.length} bytes`);
    return bytes;
  }
  if (reader.type !== (width === 4 ? 5 : 1) || reader.pos + width > reader.length) throw new Error(`expected a number of ${width} bytes, got wire type ${reader.type}`);
  reader.pos += width;
  return reader.buf.subarray(reader.pos - width, reader.pos);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
