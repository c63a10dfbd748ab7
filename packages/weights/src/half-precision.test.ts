import { describe, expect, it } from 'vitest';
import { narrowFloat16, widenBfloat16, widenFloat16 } from './half-precision.ts';

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

describe('narrowFloat16', () => {
  it('gives back every half that was widened, but for the payload of a NaN', () => {
    const halves = Uint16Array.from({ length: 65536 }, (_, half) => half);
    const narrowed = narrowFloat16(widenFloat16(halves));
    for (let half = 0; half < 65536; half++) {
      if ((half & 0x7fff) > 0x7c00) expect(narrowed[half] & 0x7fff).toBeGreaterThan(0x7c00);
      else if (narrowed[half] !== half) expect.fail(`${half} came back as ${narrowed[half]}`);
    }
  });

  it('rounds what lies between two halves to the nearer, and the middle to the even one', () => {
    const halves = widenFloat16(Uint16Array.from({ length: 0x7c00 }, (_, half) => half));
    const between = (share: number): Uint16Array =>
      narrowFloat16(Float32Array.from({ length: 0x7bff }, (_, i) => halves[i] + share * (halves[i + 1] - halves[i])));
    const [below, middle, above] = [between(0.49), between(0.5), between(0.51)];
    for (let i = 0; i < 0x7bff; i++) {
      if (below[i] !== i || above[i] !== i + 1 || middle[i] !== i + (i & 1)) expect.fail(`between ${i} and ${i + 1}: ${below[i]}, ${middle[i]}, ${above[i]}`);
    }
  });

  it('gives infinity from 65520 on, and 0 below half of the smallest subnormal', () => {
    const narrowed = narrowFloat16(Float32Array.of(65519, 65520, 1e9, -Infinity, 2 ** -25, 2 ** -25 * 1.01, -1e-30));
    expect([...narrowed]).toEqual([0x7bff, 0x7c00, 0x7c00, 0xfc00, 0, 1, 0x8000]);
  });
});
