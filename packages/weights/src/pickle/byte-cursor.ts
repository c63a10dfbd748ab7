/** Reads little-endian numbers and bytes one after the other; running off the end is an error, never `undefined`. */
export interface ByteCursor {
  /** Where the next read begins, in bytes. */
  readonly position: () => number;
  readonly uint8: () => number;
  readonly uint16: () => number;
  readonly int32: () => number;
  readonly uint32: () => number;
  /** Beyond 2⁵³ it is rounded, which no length in a file reaches. */
  readonly uint64: () => number;
  /** Big-endian, as pickles hold it. */
  readonly float64: () => number;
  /** A view of the next `count` bytes. */
  readonly take: (count: number) => Uint8Array;
  /** The bytes up to the next line feed, which is passed over, as Latin-1. */
  readonly line: () => string;
}

/** No line of a pickle of weights comes near it. */
const MAX_LINE_BYTES = 4096;

/** A cursor at `start`. Its functions throw an Error in one line where the bytes end too early. */
export function byteCursor(bytes: Uint8Array, start = 0): ByteCursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  const advance = (count: number): number => {
    if (!(count <= bytes.length - at)) {
      throw new Error(`expected ${count} more bytes at byte ${at}, got ${bytes.length - at} (file truncated or damaged)`);
    }
    at += count;
    return at - count;
  };
  const take = (count: number): Uint8Array => {
    const from = advance(count);
    return bytes.subarray(from, from + count);
  };
  return {
    position: () => at,
    uint8: () => view.getUint8(advance(1)),
    uint16: () => view.getUint16(advance(2), true),
    int32: () => view.getInt32(advance(4), true),
    uint32: () => view.getUint32(advance(4), true),
    uint64: () => {
      const from = advance(8);
      return view.getUint32(from, true) + view.getUint32(from + 4, true) * 2 ** 32;
    },
    float64: () => view.getFloat64(advance(8)),
    take,
    line: () => {
      const length = bytes.subarray(at, at + MAX_LINE_BYTES).indexOf(10);
      if (length < 0) throw new Error(`expected the end of a line within ${MAX_LINE_BYTES} bytes at byte ${at}`);
      const line = latin1Text(take(length));
      advance(1);
      return line;
    },
  };
}

/** Bytes as the characters U+0000 to U+00FF. */
export function latin1Text(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 8192) parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)));
  return parts.join('');
}

/**
 * The inverse of {@link latin1Text}.
 * @throws Error if there is a character beyond U+00FF
 */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255) throw new Error(`expected characters up to U+00FF, got U+${code.toString(16)}`);
    bytes[i] = code;
  }
  return bytes;
}
