import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anyMasks } from '../testing/masks.ts';
import { flipRle } from './flip-rle.ts';
import { mergeRles } from './merge-rles.ts';
import { resizeRle } from './resize-rle.ts';
import { rleArea } from './rle-area.ts';
import { maskFromRle, rleFromMask } from './rle-mask.ts';
import { rleFromCounts } from './rle.ts';

describe('mergeRles', () => {
  it('is or, or and, of the pixels', () => {
    fc.assert(
      fc.property(anyMasks(1, 9), (masks) => {
        const [{ height, width }] = masks;
        const rles = masks.map(({ mask }) => rleFromMask(mask, height, width));
        const combine = (of: (a: number, b: number) => number): Uint8Array =>
          masks[0].mask.map((_, i) => masks.map(({ mask }) => mask[i]).reduce(of));
        expect(mergeRles(rles)).toEqual(rleFromMask(combine((a, b) => a | b), height, width));
        expect(mergeRles(rles, { intersect: true })).toEqual(rleFromMask(combine((a, b) => a & b), height, width));
      }),
    );
  });

  it('keeps the areas of union and intersection in balance', () => {
    fc.assert(
      fc.property(anyMasks(2, 2), (masks) => {
        const [a, b] = masks.map(({ mask, height, width }) => rleFromMask(mask, height, width));
        expect(rleArea(mergeRles([a, b])) + rleArea(mergeRles([a, b], { intersect: true }))).toBe(rleArea(a) + rleArea(b));
        expect(mergeRles([a, b])).toEqual(mergeRles([b, a]));
        expect(mergeRles([a, a])).toEqual(a);
      }),
    );
  });

  it('joins runs that empty ones part', () => {
    const split = rleFromCounts([1, 1, 0, 2, 5, 0], 3, 3);
    expect([...mergeRles([split, split]).counts]).toEqual([1, 3, 5]);
  });

  it('refuses no mask, and masks of different sizes', () => {
    expect(() => mergeRles([])).toThrow('mergeRles: expected one mask or more, got none');
    expect(() => mergeRles([rleFromCounts([6], 2, 3), rleFromCounts([6], 3, 2)])).toThrow('mergeRles: expected masks of one size, got 2 × 3 and 3 × 2');
  });
});

describe('flipRle', () => {
  it('mirrors the pixels of each row', () => {
    fc.assert(
      fc.property(anyMasks(1, 1), ([{ mask, height, width }]) => {
        const mirrored = mask.map((_, i) => mask[i - (i % width) + width - 1 - (i % width)]);
        const rle = rleFromMask(mask, height, width);
        expect(flipRle(rle)).toEqual(rleFromMask(mirrored, height, width));
        expect(flipRle(flipRle(rle))).toEqual(rle);
      }),
    );
  });
});

describe('resizeRle', () => {
  it('takes each pixel from its nearest neighbour', () => {
    const side = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(anyMasks(1, 1), side, side, ([{ mask, height, width }], newHeight, newWidth) => {
        const expected = Uint8Array.from({ length: newHeight * newWidth }, (_, i) => {
          const [x, y] = [i % newWidth, Math.floor(i / newWidth)];
          return mask[Math.floor((y * height) / newHeight) * width + Math.floor((x * width) / newWidth)];
        });
        const resized = resizeRle(rleFromMask(mask, height, width), { width: newWidth, height: newHeight });
        expect(resized).toEqual(rleFromMask(expected, newHeight, newWidth));
        expect(maskFromRle(resized)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
