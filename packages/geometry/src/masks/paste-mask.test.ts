import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import golden from '../fixtures/paste-mask.json' with { type: 'json' };
import { createRng } from '../rng.ts';
import { floatsOf } from '../testing/inputs.ts';
import { literalPaste } from '../testing/literal-masks.ts';
import { pasteMask, pasteMaskRle } from './paste-mask.ts';
import { rleArea } from './rle-area.ts';
import { rleFromMask } from './rle-mask.ts';

const uniforms = (seed: number, count: number): Float32Array => Float32Array.from({ length: count }, createRng(seed).uniform);
const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe('pasteMask', () => {
  it.each(golden.cases)('is torchvision’s for a mask of side $side at $box', ({ seed, side, box, height, width, above, pasted: { values, rms } }) => {
    const pasted = pasteMask(uniforms(seed, side * side), box, height, width);
    const expected = floatsOf(values);
    const some = expected.map((_, i) => pasted[Math.floor((i * (pasted.length - 1)) / (expected.length - 1))]);
    expect(farthest(some, expected)).toBeLessThan(1e-5);
    expect(Math.sqrt(pasted.reduce((sum, value) => sum + value * value, 0) / pasted.length)).toBeCloseTo(rms, 5);
    expect(pasted.reduce((sum, value) => sum + (value > 0.5 ? 1 : 0), 0)).toBe(above);
  });

  it('is the literal one, and cut at a threshold the same within its box alone', () => {
    const corner = fc.integer({ min: -80, max: 120 });
    const side = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(corner, corner, side, side, side, side, fc.constantFrom(1, 2, 4, 8), (x, y, w, h, height, width, m) => {
        // Numbers that float32 holds, so that both grow the box to the same whole ones.
        const box = [x / 4, y / 4, x / 4 + w, y / 4 + h];
        const mask = uniforms(m, m * m);
        const pasted = pasteMask(mask, box, height, width);
        expect(farthest(pasted, literalPaste(mask, box, height, width))).toBeLessThan(2e-5);
        for (const threshold of [0, 0.5, 0.7]) {
          const cut = Uint8Array.from(pasted, (value) => (value > threshold ? 1 : 0));
          expect(pasteMaskRle(mask, box, height, width, { threshold })).toEqual(rleFromMask(cut, height, width));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('fills whole images and their edges, and leaves out boxes outside', () => {
    const full = new Float32Array(9).fill(1);
    for (const box of [[-50, -50, 60, 60], [-50, 2, 60, 7], [3, -50, 6, 60], [4, 4, 200, 200], [-90, 0, -20, 9], [40, 40, 50, 50]]) {
      const cut = Uint8Array.from(pasteMask(full, box, 10, 12), (value) => (value > 0.5 ? 1 : 0));
      expect(pasteMaskRle(full, box, 10, 12)).toEqual(rleFromMask(cut, 10, 12));
    }
    expect(rleArea(pasteMaskRle(full, [-50, -50, 60, 60], 10, 12))).toBe(120);
    expect(rleArea(pasteMaskRle(full, [-90, 0, -20, 9], 10, 12))).toBe(0);
  });

  it('refuses a mask that is not square, and a box that is none', () => {
    expect(() => pasteMask(new Float32Array(6), [0, 0, 1, 1], 4, 4)).toThrow('pasteMask: expected a square mask, got 6 numbers');
    expect(() => pasteMaskRle(new Float32Array(4), [0, 0, NaN, 1], 4, 4)).toThrow('pasteMaskRle: expected a box of four finite numbers, got [0, 0, NaN, 1]');
  });
});
