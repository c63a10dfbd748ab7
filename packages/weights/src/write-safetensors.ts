import { DTYPE_BYTES, dtypeOf } from './dtype.ts';
import { sizeOf, type StateDict } from './weight.ts';

/**
 * A safetensors file as bytes: Float32Array as F32, Int32Array as I32, Uint8Array as U8, Float64Array as F64,
 * BigInt64Array as I64. The header is padded with spaces to a multiple of 8 bytes and tensors of wider numbers come
 * first (else in the map's order), as Python's safetensors does it, so that every reader finds its numbers aligned.
 * The same tensors in the same order give the same bytes.
 * @throws RangeError if a tensor's data does not fill its shape, or its name is `__metadata__`
 */
export function writeSafetensors(tensors: StateDict, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const entries = [...tensors].map(([name, { shape, data }]) => {
    if (name === '__metadata__') {
      throw new RangeError("writeSafetensors: expected a tensor name other than '__metadata__', which the format reserves");
    }
    if (sizeOf(shape) !== data.length) {
      throw new RangeError(
        `writeSafetensors: expected ${sizeOf(shape)} numbers for '${name}' of shape [${shape.join(', ')}], got ${data.length}`,
      );
    }
    return { name, shape, data, dtype: dtypeOf(data) };
  });
  entries.sort((a, b) => DTYPE_BYTES[b.dtype] - DTYPE_BYTES[a.dtype]);

  const fields = Object.keys(metadata).length > 0 ? [`"__metadata__":${JSON.stringify(metadata)}`] : [];
  let dataBytes = 0;
  for (const { name, shape, data, dtype } of entries) {
    const offsets = [dataBytes, (dataBytes += data.byteLength)];
    fields.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: offsets })}`);
  }
  const header = new TextEncoder().encode(`{${fields.join(',')}}`);
  const headerBytes = Math.ceil(header.length / 8) * 8;

  const bytes = new Uint8Array(8 + headerBytes + dataBytes).fill(0x20, 8, 8 + headerBytes);
  new DataView(bytes.buffer).setUint32(0, headerBytes, true);
  bytes.set(header, 8);
  let offset = 8 + headerBytes;
  for (const { data } of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}
