import { expect, it } from 'vitest';

import { asBoxes } from './boxes.ts';
import { removeSmallBoxes } from './remove-small-boxes.ts';

it('removeSmallBoxes keeps a box whose shorter side equals the least size', () => {
  const boxes = asBoxes([0, 0, 10, 2, 0, 0, 2, 1.99, 0, 0, 1.99, 9, 5, 5, 7, 7]);
  expect([...removeSmallBoxes(boxes, 2)]).toEqual([0, 3]);
});

it('removeSmallBoxes compares in float32, as torchvision does', () => {
  expect([...removeSmallBoxes(asBoxes([0, 0, 0.7, 0.7]), 0.7)]).toEqual([0]);
});
