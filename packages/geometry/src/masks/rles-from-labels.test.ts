import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rleFromMask } from './rle-mask.ts';
import { rlesFromLabels } from './rles-from-labels.ts';

describe('rlesFromLabels', () => {
  it('gives each number but 0 the mask of its pixels, in ascending order', () => {
    const side = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(side, side, fc.array(fc.constantFrom(0, 3, 1, 70_000), { minLength: 81, maxLength: 81 }), (height, width, values) => {
        const labels = values.slice(0, height * width);
        const expected = [1, 3, 70_000]
          .filter((label) => labels.some((value) => value === label))
          .map((label) => [label, rleFromMask(Uint8Array.from(labels, (value) => (value === label ? 1 : 0)), height, width)]);
        expect([...rlesFromLabels(labels, height, width)]).toEqual(expected);
      }),
    );
  });

  it('refuses labels of another size', () => {
    expect(() => rlesFromLabels([1, 2], 2, 2)).toThrow('rlesFromLabels: expected 4 pixels (2 × 2), got 2');
  });
});
