import fc from 'fast-check';
import { expect, it } from 'vitest';

import { asBoxes } from './boxes.ts';
import { clipBoxes } from './clip-boxes.ts';
import { anyBoxes } from './testing/arbitraries.ts';

const size = { width: 100, height: 50 };

it('clipBoxes cuts boxes at the borders of the image and leaves those inside alone', () => {
  const clipped = clipBoxes(asBoxes([-5, -5, 120, 60, 1, 2, 3, 4, 150, -20, 160, -10]), size);
  expect([...clipped]).toEqual([0, 0, 100, 50, 1, 2, 3, 4, 100, 0, 100, 0]);
});

it('clipBoxes gives boxes within the image, and changes nothing the second time', () => {
  fc.assert(
    fc.property(anyBoxes(10), (boxes) => {
      const clipped = clipBoxes(boxes, size);
      expect(asBoxes(clipped).every((v, i) => v >= 0 && v <= (i % 2 === 0 ? 100 : 50))).toBe(true);
      expect(clipBoxes(clipped, size)).toEqual(clipped);
    }),
  );
});
