import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, emptyBoxes } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { poolBins, roiPool } from './index.ts';
import { poolAxis } from './pool-axis.ts';
import { implementations } from './testing/implementations.ts';
import { literalRoiPool } from './testing/literal-roi-pool.ts';
import { pattern, patternMap } from './testing/pattern.ts';

describe('poolAxis', () => {
  it('rounds the ends half away from zero, as C does', () => {
    const bounds = new Int32Array(2);
    for (const [start, end, expected] of [[0.5, 2.5, [1, 4]], [-0.5, 0.49999997, [0, 1]], [1.4999999, 1.5, [1, 3]]] as const) {
      poolAxis(bounds, start, end, 9, 1);
      expect([...bounds]).toEqual(expected);
    }
  });
});

describe('poolBins', () => {
  it('are those whose maxima RoIPool takes', () => {
    const box = asBoxes([3.2, 2.6, 14.9, 17.1]);
    const values = pattern([1, 12, 9, 1], 1009);
    const [xs, ys] = [poolBins(box[0], box[2], 3, 9, { spatialScale: 0.5 }), poolBins(box[1], box[3], 3, 12, { spatialScale: 0.5 })];
    const maxima = Array.from({ length: 9 }, (_, i) => {
      const [row, column] = [Math.floor(i / 3), i % 3];
      let most = -Infinity;
      for (let y = ys[2 * row]; y < ys[2 * row + 1]; y++) for (let x = xs[2 * column]; x < xs[2 * column + 1]; x++) most = Math.max(most, values[9 * y + x]);
      return most;
    });
    expect(maxima).toEqual(literalRoiPool(values, [1, 12, 9, 1], box, Int32Array.of(0), { outputSize: 3, spatialScale: 0.5 }));
  });
});

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  describe.each(implementations.roiPool)('the %s RoIPool', (_, poolBy) => {
    it('equals the literal loops', () => {
      const coordinate = fc.integer({ min: -20, max: 50 }).map((k) => k / 4);
      const box = fc.tuple(coordinate, coordinate, coordinate, coordinate).map(([a, b, c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]);
      const rois = fc.array(fc.record({ box, image: fc.nat(1) }), { minLength: 1, maxLength: 4 });
      // Bins of powers of two, where float32 and double agree on every edge.
      const options = fc.record({ outputSize: fc.tuple(fc.constantFrom(1, 2, 4), fc.constantFrom(1, 2, 4)), spatialScale: fc.constantFrom(1, 0.5, 0.25) });
      const shape = fc.tuple(fc.constant(2), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 6 }));
      fc.assert(
        fc.property(rois, options, shape, (rois, options, shape) => {
          tf.tidy(() => {
            const [boxes, images] = [asBoxes(rois.flatMap((roi) => roi.box)), Int32Array.from(rois, (roi) => roi.image)];
            const out = poolBy(patternMap(shape, 1009), boxes, images, options).dataSync();
            // + 0 makes of −0, which a product with 0 may give, 0.
            expect(Array.from(out, (value) => value + 0)).toEqual(literalRoiPool(pattern(shape, 1009), shape, boxes, images, options));
          });
        }),
        { numRuns: 40, seed: 1 },
      );
    });

    it('has the gradient of finite differences', () => {
      tf.tidy(() => {
        const shape = [2, 5, 6, 2];
        // All different, ½ apart: a step of 1/8 changes no maximum's place.
        const values = Float32Array.from({ length: 120 }, (_, i) => ((i * 77) % 120) / 2);
        const boxes = asBoxes([0, 0, 4, 4, 0, 2, 3, 4, 2, 2, 4, 4, -3, -3, 9, 9]);
        const images = Int32Array.of(0, 0, 1, 1);
        const options = { outputSize: [2, 3] as const };
        const gradient = tf.grad((map) => poolBy(map as tf.Tensor4D, boxes, images, options))(tf.tensor4d(values, [2, 5, 6, 2])).dataSync();
        const sum = (input: Float32Array) => literalRoiPool(input, shape, boxes, images, options).reduce((a, b) => a + b, 0);
        const differences = values.map((value, i) => (sum(values.with(i, value + 0.125)) - sum(values.with(i, value - 0.125))) * 4);
        expect([...gradient]).toEqual([...differences]);
      });
    });

    it('gives the gradient to the first of equal maxima only', () => {
      tf.tidy(() => {
        const pool = (map: tf.Tensor) => poolBy(map as tf.Tensor4D, asBoxes([0, 0, 2, 1]), Int32Array.of(0), { outputSize: 1 });
        const gradient = tf.grad(pool)(tf.tensor4d([0, 0, 1, 1, 1, 1], [1, 2, 3, 1])).dataSync();
        expect([...gradient]).toEqual([0, 0, 1, 0, 0, 0]);
      });
    });

    it('leaves no tensor behind but its result, with a gradient and without', () => {
      const features = patternMap([2, 9, 13, 3], 1009);
      const pool = (map: tf.Tensor) =>
        poolBy(map as tf.Tensor4D, asBoxes([1, 2, 8, 7, 0, 0, 4, 4]), Int32Array.of(1, 0), { outputSize: 3 });
      tf.dispose([pool(features), tf.grad(pool)(features)]);
      const { numTensors, numDataBuffers } = tf.memory();
      for (let i = 0; i < 3; i++) {
        tf.dispose([pool(features), tf.grad(pool)(features)]);
      }
      expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
      features.dispose();
    });
  });

  it('gives no rows for no boxes, and a gradient of zeros', () => {
    tf.tidy(() => {
      const features = patternMap([1, 4, 5, 3], 1009);
      const pool = (map: tf.Tensor) => roiPool(map as tf.Tensor4D, emptyBoxes(0), new Int32Array(0), { outputSize: [2, 3] });
      expect(pool(features).shape).toEqual([0, 2, 3, 3]);
      expect(Math.max(...tf.grad(pool)(features).dataSync().map(Math.abs))).toBe(0);
    });
  });

  it('refuses bad arguments in one line', () => {
    tf.tidy(() => {
      const call = (images: Int32Array, outputSize: number) => () =>
        roiPool(patternMap([1, 4, 5, 3], 1009), asBoxes([0, 0, 1, 1]), images, { outputSize });
      expect(call(new Int32Array(0), 7)).toThrow('roiPool: expected an image index for each of 1 boxes, got 0');
      expect(call(Int32Array.of(1), 7)).toThrow('roiPool: expected image indices in 0 … 0, got 1 for box 0');
      expect(call(Int32Array.of(0), -1)).toThrow('roiPool: expected outputSize a positive integer or two, got -1');
    });
  });
});
