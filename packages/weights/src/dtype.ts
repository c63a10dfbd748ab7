import { widenBfloat16, widenFloat16 } from './half-precision.ts';
import type { WeightData } from './weight.ts';

/** The safetensors dtypes that are read. */
export type Dtype = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'U8' | 'BOOL' | 'I16' | 'I8';

/** Bytes a number takes in the file. */
export const DTYPE_BYTES: Readonly<Record<Dtype, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  U8: 1,
  BOOL: 1,
  I16: 2,
  I8: 1,
};

/** Whether a value is the name of a dtype that is read. */
export function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && Object.hasOwn(DTYPE_BYTES, value);
}

/** The dtype a typed array is written as. */
export function dtypeOf(data: WeightData): Dtype {
  if (data instanceof Float32Array) {
    return 'F32';
  }
  if (data instanceof Int32Array) {
    return 'I32';
  }
  if (data instanceof Float64Array) {
    return 'F64';
  }
  return data instanceof BigInt64Array ? 'I64' : 'U8';
}

/**
 * The numbers in `bytes`, little-endian as the file is and as every machine that runs JavaScript is: a view of the same
 * memory where it is aligned, else a copy. F16 and BF16 widen to float32, I16 and I8 to int32; these are always copied.
 */
export function decodeNumbers(dtype: Dtype, bytes: Uint8Array): WeightData {
  const { buffer, byteOffset, length } = bytes.byteOffset % DTYPE_BYTES[dtype] === 0 ? bytes : bytes.slice();
  const count = length / DTYPE_BYTES[dtype];
  switch (dtype) {
    case 'F64':
      return new Float64Array(buffer, byteOffset, count);
    case 'F32':
      return new Float32Array(buffer, byteOffset, count);
    case 'F16':
      return widenFloat16(new Uint16Array(buffer, byteOffset, count));
    case 'BF16':
      return widenBfloat16(new Uint16Array(buffer, byteOffset, count));
    case 'I64':
      return new BigInt64Array(buffer, byteOffset, count);
    case 'I32':
      return new Int32Array(buffer, byteOffset, count);
    case 'I16':
      return Int32Array.from(new Int16Array(buffer, byteOffset, count));
    case 'I8':
      return Int32Array.from(new Int8Array(buffer, byteOffset, count));
    default:
      return new Uint8Array(buffer, byteOffset, count);
  }
}
