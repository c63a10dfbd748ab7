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
