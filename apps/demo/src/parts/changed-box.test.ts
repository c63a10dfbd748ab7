import { expect, it } from 'vitest';
import { changedBox } from './changed-box.ts';

const within = { width: 100, height: 80 };

it('moves a box as a whole, and not out of the image', () => {
  expect(changedBox([10, 10, 30, 40], 'whole', 5, -3, within)).toEqual([15, 7, 35, 37]);
  expect(changedBox([10, 10, 30, 40], 'whole', 500, -300, within)).toEqual([80, 0, 100, 30]);
});

it('moves one corner, and leaves a box of at least four pixels', () => {
  expect(changedBox([10, 10, 30, 40], 'bottom-right', 5, 5, within)).toEqual([10, 10, 35, 45]);
  expect(changedBox([10, 10, 30, 40], 'top-left', 50, -50, within)).toEqual([26, 0, 30, 40]);
  expect(changedBox([10, 10, 30, 40], 'bottom-left', -50, 100, within)).toEqual([0, 10, 30, 80]);
});
