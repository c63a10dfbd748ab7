import { asBoxes, type RgbImage } from '@rcnn/geometry';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise } from '@rcnn/tooling/testing/noise';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import golden from '../fixtures/warp.json' with { type: 'json' };
import { warpRegions, type WarpMode } from '../index.ts';
import { literalWarp } from '../testing/literal-warp.ts';

function imageOf(width: number, height: number): RgbImage {
  return { width, height, data: Uint8Array.from(noise([height, width, 3], 7), (value) => Math.floor((value + 0.5) * 256)) };
}
const modes: readonly WarpMode[] = ['warp', 'square', 'square-without-context'];

describe('warped regions', () => {
  it.each(golden.cases)("equal OpenCV's bilinear resize in R-CNN's windows, $options", ({ options, crops }) => {
    const { mean, boxes, width, height } = golden;
    const found = warpRegions(imageOf(width, height), asBoxes(boxes.flat()), { ...options, mode: options.mode as WarpMode, mean, order: 'bgr' });
    expectNear(found, floats(crops), 1e-3);
  });

  it.each(modes)('equal the literal crops, pixel by pixel, also of boxes outside the image, %s', (mode) => {
    const image = imageOf(23, 17);
    const side = fc.tuple(fc.integer({ min: -20, max: 90 }), fc.integer({ min: 4, max: 90 })).map(([start, length]) => [start / 4, (start + length) / 4]);
    const box = fc.tuple(side, side).map(([[x1, x2], [y1, y2]]) => [x1, y1, x2, y2]);
    const mean = [10, 20, 30];
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 3 }), fc.integer({ min: 5, max: 19 }), fc.constantFrom(0, 1, 2), (regions, size, padding) => {
        const boxes = asBoxes(regions.flat());
        const literal = regions.flatMap((_, region) => literalWarp(image, boxes, region, size, padding, mode, mean));
        expectNear(warpRegions(image, boxes, { size, padding, mode, mean }), literal, 1e-4);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('have the region in the middle and p pixels of the image around it', () => {
    // A white square of 97 pixels becomes 195 = 227 − 32 pixels wide.
    const image = { width: 300, height: 300, data: new Uint8Array(300 * 300 * 3) };
    for (let y = 100; y < 197; y++) image.data.fill(255, 3 * (300 * y + 100), 3 * (300 * y + 197));
    const crop = warpRegions(image, asBoxes([100, 100, 197, 197]));
    const white = crop.filter((_, i) => i % 3 === 0 && Math.floor(i / 3 / 227) === 113).reduce((sum, value) => sum + value / 255, 0);
    expect(Math.abs(white - 195)).toBeLessThan(2.5); // the window is rounded and a pixel longer
  });

  it('are wider than high where the square keeps the shape, and empty of what is beside them without context', () => {
    const image = { width: 60, height: 60, data: new Uint8Array(60 * 60 * 3).fill(200) };
    const boxes = asBoxes([10, 25, 50, 35]);
    const shown = (mode: WarpMode) => warpRegions(image, boxes, { size: 40, padding: 0, mode }).filter((value) => value > 0).length / 3 / 40;
    expect(shown('warp')).toBe(40);
    expect(shown('square')).toBe(40);
    expect(shown('square-without-context')).toBeCloseTo(11, 0); // a quarter, and the pixel that rounding adds
  });

  it('are 0 where the image ends, whatever the mean, and less the mean and divided elsewhere', () => {
    const image = { width: 20, height: 20, data: new Uint8Array(20 * 20 * 3).map((_, i) => 10 + (i % 3)) };
    const crop = warpRegions(image, asBoxes([-20, 0, 20, 20]), { size: 20, padding: 0, mean: [5, 5, 5], deviation: [1, 2, 5], order: 'bgr' });
    expectNear(crop.subarray(0, 3), [0, 0, 0]);
    expectNear(crop.subarray(57, 60), [7, 3, 1]);
  });

  it('subtract a mean for each pixel of the crop', () => {
    const image = imageOf(30, 30);
    const mean = noise([9, 9, 3], 3);
    const boxes = asBoxes([8, 8, 20, 22]);
    const plain = warpRegions(image, boxes, { size: 9, padding: 1 });
    expectNear(warpRegions(image, boxes, { size: 9, padding: 1, mean }), plain.map((value, i) => value - mean[i]), 1e-5);
  });

  it('are written into an array that is there already, over what it held', () => {
    const image = imageOf(30, 30);
    const boxes = asBoxes([-9, 3, 20, 28, 0, 0, 5, 5]);
    const into = new Float32Array(1000).fill(7);
    expect(warpRegions(image, boxes, { size: 9, padding: 1, into })).toBe(into);
    expect(into.slice(0, 486)).toEqual(warpRegions(image, boxes, { size: 9, padding: 1 }));
    expect(into[486]).toBe(7);
  });

  it('refuse bad arguments in one line', () => {
    const call = (options: Parameters<typeof warpRegions>[2]) => () => warpRegions(imageOf(9, 9), asBoxes([0, 0, 5, 5]), options);
    expect(call({ size: 8, padding: 4 })).toThrow('warpRegions: expected a size above twice the padding, got 8 and 4');
    expect(call({ size: 8, padding: 1, mean: [1, 2] })).toThrow('warpRegions: expected a mean of 3 or 192 numbers, got 2');
    expect(call({ size: 8, padding: 1, into: new Float32Array(5) })).toThrow('warpRegions: expected an array of 192 numbers to write to, got 5');
    const rgba = { width: 5, height: 4, data: new Uint8Array(80) };
    expect(() => warpRegions(rgba, asBoxes([0, 0, 2, 2]))).toThrow('warpRegions: expected three bytes for each of 5 × 4 pixels, got 80');
  });
});
