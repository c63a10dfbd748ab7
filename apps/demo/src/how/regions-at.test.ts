import { expect, it } from 'vitest';
import { regionsAt } from './regions-at.ts';

// Leaves 0, 1, 2; 3 is made of 0 and 2, and 4 of all.
const hierarchy = { leaves: 3, count: 5, parents: Int32Array.of(3, 4, 3, 4, -1) };

it('has the leaves before the first merge, and one region after the last', () => {
  expect([...regionsAt(hierarchy, 0).subarray(0, 3)]).toEqual([0, 1, 2]);
  expect([...regionsAt(hierarchy, 2).subarray(0, 3)]).toEqual([4, 4, 4]);
});

it('has the merged ones in one region, and the others in their own', () => {
  expect([...regionsAt(hierarchy, 1).subarray(0, 3)]).toEqual([3, 1, 3]);
});
