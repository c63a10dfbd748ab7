import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRle } from './encode-rle.ts';

describe('encodeRle', () => {
  it('counts down the columns, zeros first', () => {
    // 0 1
    // 1 1
    expect(encodeRle(Uint8Array.of(0, 1, 1, 1), { width: 2, height: 2 })).toEqual({ size: [2, 2], counts: [1, 3] });
    expect(encodeRle(Uint8Array.of(1, 1), { width: 1, height: 2 }).counts).toEqual([0, 2]);
  });

  it('can be spelt out again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 49 }), (width, bits) => {
        const height = Math.max(1, Math.floor(bits.length / width));
        const mask = Uint8Array.from({ length: width * height }, (_, i) => bits[i] ?? 0);
        const columns = (encodeRle(mask, { width, height }).counts as number[]).flatMap((count, i) => new Array<number>(count).fill(i % 2));
        const rows = Array.from(mask, (_, i) => columns[(i % width) * height + Math.floor(i / width)]);
        expect(rows).toEqual([...mask]);
      }),
    );
  });
});
