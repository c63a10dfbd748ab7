import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { literalUnpack } from '../testing/literal-masks.ts';
import { anyMask } from '../testing/masks.ts';
import { rleFromMask } from './rle-mask.ts';
import { rleFromString, rlesFromStrings, rleToString } from './rle-string.ts';
import { rleFromCounts } from './rle.ts';

describe('rleToString and rleFromString', () => {
  it('write and read the same run lengths', () => {
    fc.assert(
      fc.property(anyMask, ({ mask, height, width }) => {
        const rle = rleFromMask(mask, height, width);
        expect(rleFromString(rleToString(rle), height, width)).toEqual(rle);
      }),
    );
  });

  it('write and read counts of every length, and long texts', () => {
    const jumps = [2 ** 30, 0, 1, 2 ** 29, 5, 2 ** 20, 31, 32, 1023, 1024, 3];
    const [height, width] = [1, jumps.reduce((sum, count) => sum + count, 0)];
    const many = Array.from({ length: 20_000 }, (_, i) => i % 97);
    const tooMany = Array.from({ length: 2 ** 20 + 5 }, (_, i) => i % 5); // a text beyond the room kept for them
    for (const counts of [jumps, [...jumps].reverse(), many, tooMany]) {
      const rle = rleFromCounts(counts, height, counts === many || counts === tooMany ? counts.reduce((sum, count) => sum + count, 0) : width);
      // Not toEqual, which takes seconds for a million numbers.
      expect(rleFromString(rleToString(rle), height, rle.width).counts.join()).toBe(rle.counts.join());
    }
  });

  it('read what the literal definition reads: numbers of every length side by side, runs without a pixel, every length of text', () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 2 ** 26 }));
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 24 }), (counts) => {
        const width = counts.reduce((sum, value) => sum + value, 0);
        fc.pre(width > 0);
        const text = rleToString(rleFromCounts(counts, 1, width));
        expect(literalUnpack(text)).toEqual(counts);
        expect([...rleFromString(text, 1, width).counts]).toEqual(counts);
        expect(() => rleFromString(text, 1, width + 1)).toThrow('expected counts that add up to');
      }),
      { numRuns: 300 },
    );
  });

  it('refuses counts that add up to the mask but for 2^32', () => {
    const counts = [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1, 4 + 9]; // 2^33 + 9
    const text = rleToString({ height: 3, width: 3, counts: Uint32Array.from(counts) });
    expect(() => rleFromString(text, 3, 3)).toThrow('expected counts that add up to 9 (3 × 3 pixels)');
  });

  it('gives counts of their own: reading another text does not change them', () => {
    const rle = rleFromString('123', 2, 3);
    rleFromString('6', 2, 3);
    expect([...rle.counts]).toEqual([1, 2, 3]);
    expect(rle.counts.buffer.byteLength).toBe(12);
  });

  it('refuses a character that is none of theirs, a text cut short, negative counts, endless numbers', () => {
    expect(() => rleFromString('5 4', 3, 3)).toThrow(
      'rleFromString: expected packed counts, of characters from "0" to "o", got " " as character 1',
    );
    expect(() => rleFromString('5x', 3, 3)).toThrow('got "x" as character 1');
    expect(() => rleFromString('5é4', 3, 3)).toThrow('got "é" as character 1');
    expect(() => rleFromString('5T', 3, 3)).toThrow('got a text that ends within a number');
    expect(() => rleFromString('5O', 3, 3)).toThrow('rleFromString: expected counts from 0 on, got -1 as count 1');
    expect(() => rleFromString('oooooooo0', 3, 3)).toThrow('got a number of more than 7 characters up to character 6');
  });

  it('refuses counts that do not add up to the mask', () => {
    expect(() => rleFromString('54', 3, 4)).toThrow('rleFromString: expected counts that add up to 12 (3 × 4 pixels), got 9');
  });
});

describe('rlesFromStrings', () => {
  it('reads what rleFromString reads of each', () => {
    fc.assert(
      fc.property(fc.array(anyMask, { maxLength: 6 }), (masks) => {
        const [height, width] = [7, 9];
        const texts = masks.map(({ mask }) => rleToString(rleFromMask(Uint8Array.from({ length: height * width }, (_, i) => mask[i % mask.length]), height, width)));
        expect(rlesFromStrings(texts, height, width)).toEqual(texts.map((text) => rleFromString(text, height, width)));
      }),
    );
  });

  it('refuses a text among others that is malformed or does not add up', () => {
    expect(() => rlesFromStrings(['123', '5 4'], 2, 3)).toThrow('rlesFromStrings: expected packed counts, of characters from "0" to "o", got " " as character 1');
    expect(() => rlesFromStrings(['123', '12O'], 2, 3)).toThrow('rlesFromStrings: expected counts from 0 on, got -1 as count 2');
    expect(() => rlesFromStrings(['6', '5'], 2, 3)).toThrow('rlesFromStrings: expected counts that add up to 6 (2 × 3 pixels), got 5');
    expect(() => rlesFromStrings(['12T', '33'], 2, 3)).toThrow('got a text that ends within a number'); // not in the next one
    expect(() => rlesFromStrings(['6', ''], 2, 3)).toThrow('rlesFromStrings: expected counts that add up to 6 (2 × 3 pixels), got 0');
    expect(() => rlesFromStrings(['6', '5é4'], 2, 3)).toThrow('got "é" as character 1');
    expect(rlesFromStrings([], 2, 3)).toEqual([]);
    expect(() => rlesFromStrings(['6'], 0, 3)).toThrow('rlesFromStrings: expected height and width as whole numbers above 0');
  });

  it('reads more texts than there is room for at once, among them one that is too long for it', () => {
    const width = 300_000;
    const mask = (runs: number[]) => rleFromCounts([...runs, width - runs.reduce((sum, count) => sum + count)], 1, width);
    const short = mask(Array.from({ length: 30_000 }, (_, i) => 1 + (i % 7)));
    const long = mask(Array.from({ length: 2 ** 18 }, (_, i) => i % 2));
    const rles = Array.from({ length: 20 }, (_, i) => (i === 12 ? long : short));
    for (const [i, { counts }] of rlesFromStrings(rles.map(rleToString), 1, width).entries()) {
      expect(counts.join() === rles[i].counts.join()).toBe(true);
    }
  });

  it('gives counts of their own: reading other texts does not change them', () => {
    const [first, second] = rlesFromStrings(['123', '15'], 2, 3);
    rlesFromStrings(['6', '6'], 2, 3);
    expect([[...first.counts], [...second.counts]]).toEqual([[1, 2, 3], [1, 5]]);
  });
});

describe('rleFromCounts', () => {
  it('refuses counts that do not add up, are negative or fractions, and sizes that are none', () => {
    expect(() => rleFromCounts([5, 3], 3, 3)).toThrow('rleFromCounts: expected counts that add up to 9 (3 × 3 pixels), got 8');
    expect(() => rleFromCounts([5, -1, 5], 3, 3)).toThrow('rleFromCounts: expected whole numbers from 0 on, got -1 as count 1');
    expect(() => rleFromCounts([4.5, 4.5], 3, 3)).toThrow('got 4.5 as count 0');
    expect(() => rleFromCounts([], 0, 3)).toThrow('expected height and width as whole numbers above 0');
    expect(() => rleFromCounts([2 ** 31], 2 ** 16, 2 ** 15)).toThrow('fewer than 2^31 pixels');
  });
});
