import { describe, expect, it } from 'vitest';
import { bgrToRgb } from './index.ts';

describe('bgrToRgb', () => {
  const filter = { shape: [2, 3, 1, 2], data: Float32Array.from({ length: 12 }, (_, i) => i) };

  it('exchanges the first and the last input channel of every filter, and is its own inverse', () => {
    expect([...bgrToRgb(filter).data]).toEqual([4, 5, 2, 3, 0, 1, 10, 11, 8, 9, 6, 7]);
    expect(bgrToRgb(bgrToRgb(filter))).toEqual(filter);
  });

  it('refuses a filter of other channels', () => {
    expect(() => bgrToRgb({ shape: [1, 4, 1, 1], data: new Float32Array(4) })).toThrow('bgrToRgb: expected a filter [out, 3, kh, kw], got [1, 4, 1, 1]');
  });
});
