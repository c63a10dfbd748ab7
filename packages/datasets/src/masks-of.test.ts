import { rleArea, rleFromMask } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { groundTruthOf } from './ground-truth.ts';
import { masksOf } from './masks-of.ts';

const object = { box: [0, 0, 3, 2], label: 1 } as const;

describe('masksOf', () => {
  it('makes a mask of each outline and run lengths, and none of nothing', () => {
    const truth = groundTruthOf([
      object,
      { ...object, segmentation: [[0, 0, 2, 0, 2, 2, 0, 2]] },
      { ...object, segmentation: { size: [2, 3], counts: [1, 2, 3] } },
    ]);
    const [none, outlined, coded] = masksOf(truth, { width: 3, height: 2 });
    expect([none, outlined && rleArea(outlined), coded]).toEqual([undefined, 4, rleFromMask(Uint8Array.of(0, 1, 0, 1, 0, 0), 2, 3)]);
    expect(masksOf(groundTruthOf([object]), { width: 3, height: 2 })).toEqual([undefined]);
  });

  it('names the object whose mask is malformed', () => {
    const truth = groundTruthOf([object, { ...object, segmentation: { size: [2, 3], counts: [1, 2] } }]);
    expect(() => masksOf(truth, { width: 3, height: 2 })).toThrow(
      'mask of object 1: rleFromCounts: expected counts that add up to 6 (2 × 3 pixels), got 3',
    );
  });
});
