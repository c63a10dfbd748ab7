import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { literalBox, literalCounts, literalMask } from '../testing/literal-masks.ts';
import { anyMask } from '../testing/masks.ts';
import { rleArea } from './rle-area.ts';
import { rleBox } from './rle-box.ts';
import { maskFromRle, rleFromMask } from './rle-mask.ts';
import { rleFromCounts } from './rle.ts';

describe('rleFromMask and maskFromRle', () => {
  it('count down the columns, zeros first', () => {
    // 0 1
    // 1 1
    const rle = rleFromMask(Uint8Array.of(0, 1, 1, 1), 2, 2);
    expect(rle).toEqual({ height: 2, width: 2, counts: Uint32Array.of(1, 3) });
    expect([...maskFromRle(rle)]).toEqual([0, 1, 1, 1]);
    expect([...rleFromMask(Uint8Array.of(1, 1), 2, 1).counts]).toEqual([0, 2]);
    expect([...rleFromMask(new Uint8Array(6), 2, 3).counts]).toEqual([6]);
  });

  it('are the literal ones, and undo each other', () => {
    fc.assert(
      fc.property(anyMask, ({ mask, height, width }) => {
        const rle = rleFromMask(mask, height, width);
        expect([...rle.counts]).toEqual(literalCounts(mask, height, width));
        expect([...maskFromRle(rle)]).toEqual(literalMask(rle.counts, height, width));
        expect(maskFromRle(rle)).toEqual(mask);
      }),
      { numRuns: 500 },
    );
  });

  it('take whatever is not 0 for a one, and a mask anywhere in its buffer', () => {
    const buffer = Uint8Array.of(9, 0, 7, 255, 1, 0, 0, 2, 255);
    expect([...rleFromMask(buffer.subarray(1), 2, 4).counts]).toEqual(literalCounts(buffer.subarray(1), 2, 4));
  });

  it('refuse a mask of another size', () => {
    expect(() => rleFromMask(new Uint8Array(5), 2, 3)).toThrow('rleFromMask: expected 6 pixels (2 × 3), got 5');
  });
});

describe('rleArea and rleBox', () => {
  it('are those of the pixels', () => {
    fc.assert(
      fc.property(anyMask, ({ mask, height, width }) => {
        const rle = rleFromMask(mask, height, width);
        expect(rleArea(rle)).toBe(mask.reduce((sum, value) => sum + value, 0));
        expect(rleBox(rle)).toEqual(literalBox(mask, width));
      }),
    );
  });

  it('pass over runs without a pixel', () => {
    expect(rleBox(rleFromCounts([1, 0, 4, 2, 0, 1, 1], 3, 3))).toEqual([1, 0, 3, 3]);
    expect(rleBox(rleFromCounts([4, 0, 5], 3, 3))).toEqual([0, 0, 0, 0]);
  });
});
