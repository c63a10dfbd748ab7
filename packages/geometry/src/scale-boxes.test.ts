import { expect, it } from 'vitest';

import { asBoxes } from './boxes.ts';
import { scaleBoxes } from './scale-boxes.ts';

it('scaleBoxes scales x and y apart', () => {
  expect([...scaleBoxes(asBoxes([1, 2, 3, 4]), 2, 10)]).toEqual([2, 20, 6, 40]);
});

it.each([-1, NaN, Infinity])('scaleBoxes refuses a scale of %d', (scale) => {
  expect(() => scaleBoxes(asBoxes([1, 2, 3, 4]), scale, 1)).toThrow(`got ${scale} and 1`);
  expect(() => scaleBoxes(asBoxes([1, 2, 3, 4]), 1, scale)).toThrow(RangeError);
});
