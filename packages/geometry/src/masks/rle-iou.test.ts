import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { literalMaskIou } from '../testing/literal-masks.ts';
import { anyMasks } from '../testing/masks.ts';
import { rleIou } from './rle-iou.ts';
import { rleFromMask } from './rle-mask.ts';
import { rleFromCounts } from './rle.ts';

describe('rleIou', () => {
  it('is that of the pixels, of every pair', () => {
    fc.assert(
      fc.property(anyMasks(2, 6), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (masks, flags) => {
        const rles = masks.map(({ mask, height, width }) => rleFromMask(mask, height, width));
        const [detections, groundTruth] = [rles.slice(0, 1 + (rles.length >> 2)), rles.slice(1)];
        const crowd = flags.slice(0, groundTruth.length);
        const expected = detections.flatMap((_, d) => groundTruth.map((_, g) => literalMaskIou(masks[d].mask, masks[g + 1].mask, crowd[g])));
        expect([...rleIou(detections, groundTruth, crowd)]).toEqual(expected);
      }),
    );
  });

  it('takes a crowd for as much of it as the detection covers', () => {
    const [detection, crowd] = [rleFromCounts([0, 2, 10], 3, 4), rleFromCounts([1, 8, 3], 3, 4)];
    expect([...rleIou([detection], [crowd, crowd], [0, 1])]).toEqual([1 / 9, 1 / 2]);
  });

  it('is 0 for masks without a pixel, and empty where one side is', () => {
    const none = rleFromCounts([4], 2, 2);
    expect([...rleIou([none], [none, none], [0, 1])]).toEqual([0, 0]);
    expect(rleIou([], [none])).toHaveLength(0);
  });

  it('refuses masks of different sizes, and flags that are too few', () => {
    expect(() => rleIou([rleFromCounts([6], 2, 3)], [rleFromCounts([6], 3, 2)])).toThrow(
      'rleIou: expected masks of one size, got 2 × 3 of detection 0 and 3 × 2 of ground truth 0',
    );
    expect(() => rleIou([], [rleFromCounts([6], 2, 3)], [])).toThrow('rleIou: expected one crowd flag a ground truth, got 0 for 1');
  });
});
