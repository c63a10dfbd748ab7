import { describe, expect, it } from 'vitest';
import { conv2dInfo } from './conv2d-info.ts';
import { suitsWinograd } from './winograd-convolution.ts';

const suits = (x: number[], filter: number[], strides = 1, dilations = 1) =>
  suitsWinograd(conv2dInfo(x, filter, { strides, pad: 'same', dilations: [dilations, dilations] }), 60);

describe('suitsWinograd', () => {
  it('takes 3×3 convolutions of maps, also those that the tests of the kernels and the self-check mean to be its', () => {
    for (const [height, width, ci, co] of [[56, 56, 64, 64], [17, 19, 16, 20], [19, 20, 16, 12], [17, 18, 16, 16]]) {
      expect(suits([2, height, width, ci], [3, 3, ci, co])).toBe(true);
    }
  });

  it('leaves other filters, strides, dilations, odd channels and maps too small for the transformed filter', () => {
    expect(suits([2, 56, 56, 64], [1, 1, 64, 64])).toBe(false);
    expect(suits([2, 56, 56, 64], [3, 3, 64, 64], 2)).toBe(false);
    expect(suits([2, 56, 56, 64], [3, 3, 64, 64], 1, 2)).toBe(false);
    expect(suits([2, 56, 56, 3], [3, 3, 3, 64])).toBe(false);
    expect(suits([2, 10, 14, 512], [3, 3, 512, 512])).toBe(false);
  });
});
