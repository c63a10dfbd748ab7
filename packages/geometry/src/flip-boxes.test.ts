import fc from 'fast-check';
import { expect, it } from 'vitest';

import { asBoxes } from './boxes.ts';
import { flipBoxes } from './flip-boxes.ts';

it('flipBoxes mirrors x and keeps y and the order of the corners', () => {
  expect([...flipBoxes(asBoxes([10, 5, 30, 20]), 100)]).toEqual([70, 5, 90, 20]);
});

it('flipBoxes twice gives the boxes back', () => {
  const whole = fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500), fc.nat(500));
  fc.assert(
    fc.property(fc.array(whole), fc.nat(1000), (list, width) => {
      const boxes = asBoxes(list.flatMap(([x, y, w, h]) => [x, y, x + w, y + h]));
      expect(flipBoxes(flipBoxes(boxes, width), width)).toEqual(boxes);
    }),
  );
});
