import { expect, it } from 'vitest';
import { systemCosts } from './system-costs.ts';

const measured = {
  milliseconds: { selectiveSearch: 1000, regionConvolutions: 80, imageConvolutions: 20, pyramidPooling: 5, manyRegions: 50, regionProposals: 4, fewRegions: 6, masks: 3 },
  searched: 500, proposed: 40, convolved: 8, masked: 5,
};

it('adds up what each system runs, and reckons the convolutions of all regions from those that were run', () => {
  const costs = systemCosts(measured);
  expect(costs.map(({ total }) => total)).toEqual([1000 + (80 * 500) / 8, 1025, 1070, 30, 33]);
  expect(costs.flatMap(({ parts }) => parts.filter(({ extrapolated }) => extrapolated)).length).toBe(1);
});

it('says nothing is reckoned where all regions were run', () => {
  expect(systemCosts({ ...measured, searched: 8 })[0].parts.every(({ extrapolated }) => extrapolated !== true)).toBe(true);
});
