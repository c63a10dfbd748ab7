import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, emptyBoxes } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { spatialPyramidPool } from '../index.ts';
import { poolAxis } from '../pool-axis.ts';
import { literalSpp } from '../testing/literal-spp.ts';
import { pattern, patternMap } from '../testing/pattern.ts';

describe('the bins of a level', () => {
  it.each([1, 2, 3, 4, 5, 6, 8])('are ⌊(i − 1) w / n⌋ … ⌈i w / n⌉ for %i of them, in windows of up to 2000 pixels', (n) => {
    const bounds = new Int32Array(2 * n);
    for (let w = 1; w <= 2000; w++) {
      poolAxis(bounds, 3, 3 + w - 1, 4000, 1);
      for (let i = 1; i <= n; i++) {
        if (bounds[2 * i - 2] !== 3 + Math.floor(((i - 1) * w) / n) || bounds[2 * i - 1] !== 3 + Math.ceil((i * w) / n)) {
          expect({ w, i, bin: bounds.slice(2 * i - 2, 2 * i) }).toBe('as in the formula');
        }
      }
    }
  });
});

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('spatial pyramid pooling equals the formula', () => {
    const [width, height] = [13, 9];
    const span = (extent: number) => fc.tuple(fc.nat(extent - 1), fc.nat(extent - 1)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1]);
    const window = fc.tuple(span(width), span(height)).map(([[x1, x2], [y1, y2]]) => [x1, y1, x2, y2]);
    const rois = fc.array(fc.record({ window, image: fc.nat(1) }), { minLength: 1, maxLength: 4 });
    const levels = fc.constantFrom([6, 3, 2, 1], [4, 2, 1], [5], [1, 6]);
    fc.assert(
      fc.property(rois, levels, fc.integer({ min: 1, max: 6 }), (each, bins, channels) => {
        tf.tidy(() => {
          const shape = [2, height, width, channels];
          const windows = asBoxes(each.flatMap((roi) => roi.window));
          const images = Int32Array.from(each, (roi) => roi.image);
          const out = spatialPyramidPool(patternMap(shape, 1009), windows, images, { levels: bins });
          expect(out.shape).toEqual([each.length, channels * bins.reduce((sum, n) => sum + n * n, 0)]);
          expect(Array.from(out.dataSync(), (value) => value + 0)).toEqual(literalSpp(pattern(shape, 1009), shape, windows, images, bins).map((value) => value + 0));
        });
      }),
      { numRuns: 25, seed: 2 },
    );
  });

  it('has 50 bins by default, the finest level first, channels innermost', () => {
    tf.tidy(() => {
      const map = tf.tensor4d(Float32Array.from({ length: 72 }, (_, i) => i), [1, 6, 6, 2]);
      const row = spatialPyramidPool(map, asBoxes([0, 0, 6, 6]), Int32Array.of(0)).dataSync();
      expect(row.length).toBe(100);
      expect([...row.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
      expect([...row.subarray(72, 74)]).toEqual([14, 15]); // the first of level 3: the maximum of 2 × 2 pixels
      expect([...row.subarray(98)]).toEqual([70, 71]);
    });
  });

  it('has the gradient of finite differences', () => {
    tf.tidy(() => {
      const shape = [2, 5, 6, 2];
      // All different, ½ apart: a step of 1/8 changes no maximum's place.
      const values = Float32Array.from({ length: 120 }, (_, i) => ((i * 77) % 120) / 2);
      const windows = asBoxes([0, 0, 6, 5, 0, 2, 3, 4, 2, 2, 3, 3]);
      const images = Int32Array.of(0, 1, 1);
      const gradient = tf.grad((map) => spatialPyramidPool(map as tf.Tensor4D, windows, images))(tf.tensor4d(values, [2, 5, 6, 2])).dataSync();
      const sum = (input: Float32Array) => literalSpp(input, shape, windows, images, [6, 3, 2, 1]).reduce((a, b) => a + b, 0);
      const differences = values.map((value, i) => (sum(values.with(i, value + 0.125)) - sum(values.with(i, value - 0.125))) * 4);
      expect([...gradient]).toEqual([...differences]);
    });
  });

  it('leaves no tensor behind but its result, with a gradient and without', () => {
    const features = patternMap([2, 9, 13, 3], 1009);
    const pool = (map: tf.Tensor) => spatialPyramidPool(map as tf.Tensor4D, asBoxes([1, 2, 8, 7, 0, 0, 4, 4]), Int32Array.of(1, 0));
    tf.dispose([pool(features), tf.grad(pool)(features)]);
    const { numTensors, numDataBuffers } = tf.memory();
    for (let i = 0; i < 3; i++) {
      tf.dispose([pool(features), tf.grad(pool)(features)]);
    }
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    features.dispose();
  });

  it('gives no rows for no windows', () => {
    tf.tidy(() => {
      expect(spatialPyramidPool(patternMap([1, 4, 5, 3], 1009), emptyBoxes(0), new Int32Array(0)).shape).toEqual([0, 150]);
    });
  });

  it('refuses bad arguments in one line', () => {
    tf.tidy(() => {
      const call = (window: number[], levels = [2]) => () => spatialPyramidPool(patternMap([1, 4, 5, 3], 1009), asBoxes(window), Int32Array.of(0), { levels });
      expect(call([0, 0, 6, 2])).toThrow('spatialPyramidPool: expected windows of whole pixels of the 5 × 4 map, got [0, 0, 6, 2] at 0');
      expect(call([0, 0, 2.5, 2])).toThrow('got [0, 0, 2.5, 2] at 0');
      expect(call([1, 1, 1, 2])).toThrow('got [1, 1, 1, 2] at 0');
      expect(call([0, 0, 1, 1], [2, 0])).toThrow('spatialPyramidPool: expected levels of one bin or more, got [2, 0]');
    });
  });
});
