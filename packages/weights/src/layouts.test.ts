import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chwLinearToHwc,
  depthwiseToHwcm,
  hwcLinearToChw,
  hwcmToDepthwise,
  hwioToOihw,
  ioToOi,
  oihwToHwio,
  oiToIo,
  sizeOf,
  type FloatWeight,
} from './index.ts';

const counting = (shape: readonly number[]): FloatWeight => ({
  shape,
  data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => i),
});
const zeros = (shape: readonly number[]): FloatWeight => ({ shape, data: new Float32Array(sizeOf(shape)) });
// Extents on both sides of the tile's 16.
const extents = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));

describe('oihwToHwio', () => {
  it('moves every number where the literal loop does, and hwioToOihw moves it back', () => {
    fc.assert(
      fc.property(extents, ([outs, ins, height, width]) => {
        const torch = counting([outs, ins, height, width]);
        const expected = zeros([height, width, ins, outs]);
        for (let o = 0; o < outs; o++) {
          for (let i = 0; i < ins; i++) {
            for (let y = 0; y < height; y++) {
              for (let x = 0; x < width; x++) {
                expected.data[((y * width + x) * ins + i) * outs + o] = torch.data[((o * ins + i) * height + y) * width + x];
              }
            }
          }
        }
        expect(oihwToHwio(torch)).toEqual(expected);
        expect(hwioToOihw(expected)).toEqual(torch);
      }),
    );
  });

  it('refuses another rank', () => {
    expect(() => oihwToHwio(counting([2, 3]))).toThrow('oihwToHwio: expected shape [out, in, kh, kw]');
    expect(() => hwioToOihw({ shape: [1, 1, 2, 2], data: new Float32Array(3) })).toThrow('got [1, 1, 2, 2] and 3 numbers');
  });
});

describe('depthwiseToHwcm', () => {
  it('moves every number where the literal loop does, and hwcmToDepthwise moves it back', () => {
    fc.assert(
      fc.property(extents, ([channels, other, height, width]) => {
        const multiplier = 1 + (other % 3);
        const torch = counting([channels * multiplier, 1, height, width]);
        const expected = zeros([height, width, channels, multiplier]);
        for (let o = 0; o < channels * multiplier; o++) {
          const [c, m] = [Math.floor(o / multiplier), o % multiplier];
          for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) {
              expected.data[((y * width + x) * channels + c) * multiplier + m] = torch.data[(o * height + y) * width + x];
            }
          }
        }
        expect(depthwiseToHwcm(torch, multiplier)).toEqual(expected);
        expect(hwcmToDepthwise(expected)).toEqual(torch);
      }),
    );
  });

  it('refuses a weight of more than one input channel a group, and a multiplier that does not divide', () => {
    expect(() => depthwiseToHwcm(counting([4, 2, 3, 3]))).toThrow('got [4, 2, 3, 3]');
    expect(() => depthwiseToHwcm(counting([4, 1, 3, 3]), 3)).toThrow('expected shape [channels * 3, 1, kh, kw]');
  });
});

describe('oiToIo', () => {
  it('transposes, and ioToOi transposes back', () => {
    fc.assert(
      fc.property(extents, ([outs, ins]) => {
        const torch = counting([outs, ins]);
        const expected = zeros([ins, outs]);
        for (let o = 0; o < outs; o++) {
          for (let i = 0; i < ins; i++) {
            expected.data[i * outs + o] = torch.data[o * ins + i];
          }
        }
        expect(oiToIo(torch)).toEqual(expected);
        expect(ioToOi(expected)).toEqual(torch);
      }),
    );
  });
});

describe('chwLinearToHwc', () => {
  it('moves every number where the literal loop does, and hwcLinearToChw moves it back', () => {
    fc.assert(
      fc.property(extents, ([outs, ins, height, width]) => {
        const channels = ins + 1;
        const torch = counting([outs, channels * height * width]);
        const expected = zeros([height * width * channels, outs]);
        for (let o = 0; o < outs; o++) {
          for (let c = 0; c < channels; c++) {
            for (let pixel = 0; pixel < height * width; pixel++) {
              expected.data[(pixel * channels + c) * outs + o] = torch.data[(o * channels + c) * height * width + pixel];
            }
          }
        }
        expect(chwLinearToHwc(torch, { channels })).toEqual(expected);
        expect(hwcLinearToChw(expected, { channels })).toEqual(torch);
      }),
    );
  });

  it('refuses inputs that are not a multiple of the channels', () => {
    expect(() => chwLinearToHwc(counting([2, 7]), { channels: 3 })).toThrow('got 7 and 3 channels');
  });
});
