/**
 * IEEE 754 binary16 as 32-bit floats, exactly: 1 sign bit, 5 of exponent with bias 15, 10 of fraction;
 * subnormals, infinities and NaN included.
 */
export function widenFloat16(halves: Uint16Array): Float32Array {
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i];
    const sign = (half & 0x8000) << 16;
    const magnitude = half & 0x7fff;
    if (magnitude >= 0x7c00) {
      words[i] = sign | 0x7f800000 | ((half & 0x3ff) << 13);
    } else if (magnitude >= 0x400) {
      // The exponent's bias grows from 15 to 127.
      words[i] = sign | ((magnitude << 13) + (112 << 23));
    } else if (magnitude === 0) {
      words[i] = sign;
    } else {
      // A subnormal is fraction · 2⁻²⁴; `leading` bits bring its first one to the implicit place.
      const leading = Math.clz32(magnitude) - 21;
      words[i] = sign | ((113 - leading) << 23) | (((magnitude << leading) & 0x3ff) << 13);
    }
  }
  return new Float32Array(words.buffer);
}

/** bfloat16 as 32-bit floats, exactly: it is their upper half. */
export function widenBfloat16(halves: Uint16Array): Float32Array {
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) {
    words[i] = halves[i] << 16;
  }
  return new Float32Array(words.buffer);
}

/** 32-bit floats as the nearest IEEE 754 binary16, ties to the even one; beyond ±65504 infinity. */
export function narrowFloat16(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < words.length; i++) {
    const sign = (words[i] >>> 16) & 0x8000;
    const magnitude = words[i] & 0x7fffffff;
    if (magnitude >= 0x47800000) {
      // 65536 and above; a NaN stays one.
      halves[i] = sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00);
    } else if (magnitude >= 0x38800000) {
      // Just below half of the last kept bit, one more where that bit is odd: rounds half to even, and may carry into the exponent.
      halves[i] = sign | ((magnitude - (112 << 23) + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
    } else if (magnitude < 0x33000000) {
      halves[i] = sign;
    } else {
      // A subnormal: the fraction with its implicit one, shifted to units of 2⁻²⁴.
      const shift = 126 - (magnitude >>> 23);
      const fraction = (magnitude & 0x7fffff) | 0x800000;
      const kept = fraction >>> shift;
      const rest = fraction & ((1 << shift) - 1);
      const half = 1 << (shift - 1);
      halves[i] = sign | (kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0));
    }
  }
  return halves;
}
