import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { literalUnpack } from '../testing/literal-masks.ts';
import { rleToString } from './rle-string.ts';
import { createUnpacker } from './unpack-counts.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const packed = (counts: readonly number[]): string => rleToString({ height: 1, width: 1, counts: Uint32Array.from(counts) });
const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

describe('createUnpacker', () => {
  const { counts: room, unpack } = createUnpacker();

  it('has what the literal definition has of any text, or −1 where that is no mask', () => {
    const character = fc.integer({ min: 48, max: 111 }).map((code) => String.fromCharCode(code));
    const any = fc.oneof(fc.constantFrom('0', '1', '2', '5', 'O', 'N'), character, fc.constantFrom('p', '/', ' ', 'é', '€'));
    // Counts whose differences are numbers of one character, of one and two, and of one to three.
    const counts = [12, 60, 9000].map((max) => fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max })), { minLength: 1, maxLength: 40 }));
    const masks = fc.oneof(...counts).map(packed);
    // Masks, texts of a mask with one character replaced, and texts of any characters.
    const text = fc.oneof(
      masks,
      fc.tuple(masks, any, fc.nat(39)).map(([mask, other, at]) => mask.slice(0, at) + other + mask.slice(at + 1)),
      fc.array(any, { maxLength: 24 }).map((characters) => characters.join('')),
    );
    const start = 11;
    fc.assert(
      fc.property(text, (given) => {
        const expected = literalUnpack(given);
        const isMask = /^([P-o]{0,5}[0-O])+$/.test(given) && expected.every((count) => count >= 0);
        const length = unpack(given, total(expected), start);
        expect(length).toBe(isMask ? expected.length : -1);
        if (isMask) {
          expect([...room.subarray(start, start + length)]).toEqual(expected);
          expect(unpack(given, total(expected) + 1, start)).toBe(-1);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves what is unpacked before where it starts, and says where there may be no room', () => {
    expect(unpack(packed([7, 8]), 15, 0)).toBe(2);
    expect(unpack(packed([1, 2, 3]), 6, 2)).toBe(3);
    expect([...room.subarray(0, 5)]).toEqual([7, 8, 1, 2, 3]);
    expect(unpack('12', 3, room.length - 2)).toBe(2);
    expect([...room.subarray(-2)]).toEqual([1, 2]);
    expect(unpack('123', 6, room.length - 2)).toBe(-1);
    expect(unpack('1'.repeat(room.length), room.length, 0)).toBe(-1); // they grow: 1, 1, 1, 2, 2, 3, …
    expect(unpack('0'.repeat(room.length - 1) + '1', 1, 0)).toBe(room.length);
    expect(unpack('1' + '0'.repeat(room.length), 1, 0)).toBe(-1);
    // Two bytes a character, and neither says that more follow.
    expect(unpack('1'.repeat(16) + 'Ã'.repeat(room.length / 4), 1, (3 * room.length) / 4 - 16)).toBe(-1);
    expect(unpack(packed([7, 8]), 15, 0)).toBe(2);
  });
});

it('where WebAssembly is forbidden, nothing is unpacked', () => {
  vi.stubGlobal('WebAssembly', undefined);
  const { counts, unpack } = createUnpacker();
  expect([counts.length, unpack('123', 6, 0)]).toEqual([0, -1]);
});
