import { availableEngines, prepareEngine } from '@rcnn/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/backbones.json' with { type: 'json' };
import { imageBatch, resizedSize, sizeRoundings } from './index.ts';
import { imageOf } from './testing/image.ts';
import { expectSummary } from './testing/summary.ts';

const { sizes, pixels, from, to } = golden.transform;
const config = { minSize: 48, maxSize: 64, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

describe('the extent of a resized image', () => {
  it("is torchvision's with a scale in single precision; exact, the pixel is not lost that torchvision loses where a quotient is", () => {
    const resized = (rounding: 'single' | 'exact'): number[][] =>
      [[800, 1333], [240, 320], [600, 1000]].flatMap(([minSize, maxSize]) =>
        from.map(([width, height]) => resizedSize({ width, height }, { minSize, maxSize, rounding })).map((size) => [size.width, size.height]),
      );
    expect(resized('single')).toEqual(to);
    const lost = resized('exact').flatMap(([width, height], i) => [width - to[i][0], height - to[i][1]]);
    expect(lost.every((pixels) => pixels === 0 || pixels === 1)).toBe(true);
    expect(lost).toContain(1);
    expect(resizedSize({ width: 500, height: 375 }, { minSize: 800, maxSize: 1333 })).toEqual({ width: 1066, height: 800 });
    expect(resizedSize({ width: 500, height: 375 }, { minSize: 800, maxSize: 1333, rounding: 'nearest' })).toEqual({ width: 1067, height: 800 });
  });

  it.each(sizeRoundings)('is a pixel at least of the thinnest image, rounded %s', (rounding) => {
    expect(resizedSize({ width: 1, height: 2000 }, { minSize: 240, maxSize: 320, rounding })).toEqual({ width: 1, height: 320 });
    expect(resizedSize({ width: 3000, height: 2 }, { minSize: 240, maxSize: 320, rounding })).toEqual({ width: 320, height: 1 });
  });
});

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it("a batch is that of torchvision's GeneralizedRCNNTransform", () => {
    const batch = imageBatch([imageOf(35, 51, 1), imageOf(90, 43, 3)], config);
    expect(batch.sizes.map(({ width, height }) => [width, height])).toEqual(sizes);
    expect([batch.input.height, batch.input.width]).toEqual(pixels.shape.slice(1, 3));
    expectSummary({ shape: batch.pixels.shape, data: batch.pixels.dataSync() }, pixels, 1e-5);
    batch.pixels.dispose();
  });

  it('an image of the size asked for keeps its pixels', () => {
    const image = imageOf(64, 48, 5);
    const batch = imageBatch([image], { ...config, mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] });
    expect(batch.pixels.shape).toEqual([1, 64, 64, 3]);
    expect(batch.pixels.dataSync().slice(0, image.data.length).map(Math.round)).toEqual(Float32Array.from(image.data));
    batch.pixels.dispose();
  });

  it('images may each have a shorter side of their own', () => {
    const [one, other] = [imageOf(35, 51, 1), imageOf(90, 43, 3)];
    const together = imageBatch([one, other], config, { minSizes: [32, 40] });
    const alone = [imageBatch([one], { ...config, minSize: 32 }), imageBatch([other], { ...config, minSize: 40 })];
    expect(together.scales).toEqual([32 / 35, 64 / 90]);
    expect(together.sizes).toEqual(alone.map(({ sizes: [size] }) => size));
    expect(together.input).toEqual({ width: Math.max(...alone.map(({ input }) => input.width)), height: Math.max(...alone.map(({ input }) => input.height)) });
    [together, ...alone].forEach(({ pixels: tensor }) => tensor.dispose());
  });

  it('no images are refused', () => {
    expect(() => imageBatch([], config)).toThrow('imageBatch: expected at least one image, got none');
  });

  it('a thin image has a pixel in the batch', () => {
    const batch = imageBatch([imageOf(1, 300, 1)], config);
    expect([batch.sizes, batch.input]).toEqual([[{ width: 1, height: 64 }], { width: 32, height: 64 }]);
    expect(batch.pixels.dataSync().every(Number.isFinite)).toBe(true);
    batch.pixels.dispose();
  });

  it('images of four bytes a pixel, or of none, are refused', () => {
    const rgba = { width: 5, height: 4, data: new Uint8Array(80) };
    expect(() => imageBatch([imageOf(5, 4, 1), rgba], config)).toThrow('imageBatch: expected three bytes for each of the 5 × 4 pixels of image 1, got 80');
    expect(() => imageBatch([{ width: 0, height: 4, data: new Uint8Array(0) }], config)).toThrow('imageBatch: expected three bytes for each of the 0 × 4 pixels of image 0, got 0');
  });
});
