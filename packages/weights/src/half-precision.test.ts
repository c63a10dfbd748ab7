import { describe, expect, it } from 'vitest';
import { widenBfloat16, widenFloat16 } from './half-precision.ts';

describe('widenFloat16', () => {
  it('gives every one of the 65 536 halves its exact value', () => {
    const widened = widenFloat16(Uint16Array.from({ length: 65536 }, (_, half) => half));
    for (let half = 0; half < 65536; half++) {
      const sign = half < 0x8000 ? 1 : -1;
      const exponent = (half >> 10) & 31;
      const fraction = half & 0x3ff;
      let expected = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
      if (exponent === 0) {
        expected = sign * fraction * 2 ** -24;
      } else if (exponent === 31) {
        expected = fraction === 0 ? sign * Infinity : NaN;
      }
      if (!Object.is(widened[half], expected)) {
        expect({ half, value: widened[half] }).toEqual({ half, value: expected });
      }
    }
  });
});

describe('widenBfloat16', () => {
  it('gives every one of the 65 536 halves the float32 whose upper half it is', () => {
    const widened = new Uint32Array(widenBfloat16(Uint16Array.from({ length: 65536 }, (_, half) => half)).buffer);
    expect(widened.every((word, half) => word === half * 65536)).toBe(true);
  });
});
