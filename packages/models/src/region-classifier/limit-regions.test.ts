import { asBoxes } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { distinctRegions, firstAlike, spreadRows } from './distinct-regions.ts';
import { limitRegions } from './limit-regions.ts';

const proposals = asBoxes([0, 0, 10, 10, 0, 0, 10, 9, 20, 20, 30, 30, 0, 0, 5, 5]);

describe('limitRegions', () => {
  it('keeps the first in rank, as many as the use allows', () => {
    const limits = { nmsThreshold: 1, train: 2, test: 3 };
    expect([...limitRegions(proposals, limits, 'train')]).toEqual([...proposals.subarray(0, 8)]);
    expect([...limitRegions(proposals, limits, 'test')]).toEqual([...proposals.subarray(0, 12)]);
  });

  it('leaves out what is nearly like one before it, and fills up from further down', () => {
    const kept = limitRegions(proposals, { nmsThreshold: 0.8, train: 2, test: 9 }, 'train');
    expect([...kept]).toEqual([0, 0, 10, 10, 20, 20, 30, 30]);
    expect(limitRegions(proposals, { nmsThreshold: 0.8, train: 2, test: 9 }, 'test')).toHaveLength(12);
  });
});

describe('distinctRegions and spreadRows', () => {
  it('know regions alike by their keys', () => {
    expect([...firstAlike(5, (i) => 'abacb'[i])]).toEqual([0, 1, 0, 3, 1]);
  });

  it('compute each distinct region once, and give its row to all that are like it', () => {
    const { distinct, place } = distinctRegions(Int32Array.of(0, 1, 0, 3, 1));
    expect([...distinct]).toEqual([0, 1, 3]);
    expect([...spreadRows(Float32Array.of(1, 2, 3, 4, 5, 6), place, 2)]).toEqual([1, 2, 3, 4, 1, 2, 5, 6, 3, 4]);
  });
});
