import { decodeNumbers } from './dtype.ts';
import { parseHeader } from './safetensors-header.ts';
import { weightsOf, type TypedWeight } from './typed-weight.ts';
import type { StateDict } from './weight.ts';

/** What a safetensors file holds. */
export interface Safetensors {
  /** In the order of their bytes in the file. */
  readonly tensors: StateDict;
  /** The header's `__metadata__`, `{}` where it has none. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The format's own bound on the header, against files made to exhaust a reader. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * The tensors of a safetensors file: 8 bytes of header length (little-endian), a JSON header, the numbers.
 * F64, F32, I64 and I32 become views of `bytes` where they are aligned (they are in files written by this package and
 * by Python's safetensors) and are copied where not; U8 and BOOL are always views; F16 and BF16 widen to float32.
 * A caller that writes to `bytes` later writes to the tensors.
 * @throws Error in one line on anything but a complete, consistent file: truncated or with bytes to spare, a header that
 *   is not UTF-8 JSON of the right form, an unknown dtype, a shape that does not fit its bytes, tensors that overlap
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const { typed, metadata } = typedSafetensors(bytes);
  return { tensors: weightsOf(typed), metadata };
}

/** {@link readSafetensors} with dtypes. */
export function typedSafetensors(bytes: Uint8Array): { readonly typed: ReadonlyMap<string, TypedWeight>; readonly metadata: Safetensors['metadata'] } {
  if (bytes.length < 8) {
    throw new Error(`readSafetensors: expected at least 8 bytes, got ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  const headerBytes = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (headerBytes > MAX_HEADER_BYTES) {
    throw new Error(`readSafetensors: expected a header of at most ${MAX_HEADER_BYTES} bytes, got a length of ${headerBytes}`);
  }
  if (headerBytes > bytes.length - 8) {
    throw new Error(`readSafetensors: expected a header of ${headerBytes} bytes, got ${bytes.length - 8} (file truncated)`);
  }
  const data = bytes.subarray(8 + headerBytes);
  const { entries, metadata } = parseHeader(decodeUtf8(bytes.subarray(8, 8 + headerBytes)), data.length);
  const typed = new Map(
    entries.map(({ name, dtype, shape, start, end }) => [
      name,
      { dtype, weight: { shape, data: decodeNumbers(dtype, data.subarray(start, end)) } },
    ]),
  );
  return { typed, metadata };
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('readSafetensors: expected a header in UTF-8, got other bytes');
  }
}
