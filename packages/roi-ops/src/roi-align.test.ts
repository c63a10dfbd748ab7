import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, emptyBoxes } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { roiAlign } from './index.ts';
import { implementations } from './testing/implementations.ts';
import { literalRoiAlign } from './testing/literal-roi-align.ts';
import { pattern, patternMap } from './testing/pattern.ts';

const near = (values: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5) => {
  expect(values.length).toBe(expected.length);
  const off = Array.from(values).findIndex((value, i) => !(Math.abs(value - expected[i]) <= tolerance));
  if (off >= 0) {
    expect({ off, value: values[off] }).toEqual({ off, value: expected[off] });
  }
};
const oneImage = Int32Array.of(0);

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  describe.each(implementations.roiAlign)('the %s RoIAlign', (_, align) => {
    const run = (features: tf.Tensor4D, box: readonly number[], options: Parameters<typeof align>[3]) =>
      tf.tidy(() => align(features, asBoxes(box), oneImage, options).dataSync());

    it("gives detectron2's values for the numbers 0 … 24", () => {
      const features = tf.tensor4d(Float32Array.from({ length: 25 }, (_, i) => i), [1, 5, 5, 1]);
      const rows = (first: number) => [0, 2.5, 5, 7.5].flatMap((down) => [0, 0.5, 1, 1.5].map((across) => first + down + across));
      near(run(features, [1, 1, 3, 3], { outputSize: 4, aligned: false }), rows(7.5));
      near(run(features, [1, 1, 3, 3], { outputSize: 4, aligned: true }), rows(4.5));
      features.dispose();
    });

    it('gives the same for a map of half the size and half the box', () => {
      tf.tidy(() => {
        const features = patternMap([1, 30, 30, 1], 1009);
        const half = tf.avgPool(features, 2, 2, 'valid');
        const options = { outputSize: 5, aligned: true };
        near(run(half, [5, 5, 10, 10], options), run(features, [10, 10, 20, 20], options), 1e-5);
        near(run(features, [10, 10, 20, 20], { ...options, spatialScale: 1 }), run(features, [20, 20, 40, 40], { ...options, spatialScale: 0.5 }));
      });
    });

    it('gives zeros and a gradient of zeros for an empty box when aligned and adaptive', () => {
      tf.tidy(() => {
        const features = patternMap([1, 5, 5, 2], 1009);
        const pool = (map: tf.Tensor) => align(map as tf.Tensor4D, asBoxes([3, 4, 3, 4]), oneImage, { outputSize: 7, aligned: true });
        near(pool(features).dataSync(), new Float32Array(98));
        near(tf.grad(pool)(features).dataSync(), new Float32Array(50));
      });
    });

    it('equals the literal loops, and its gradient is their transpose', () => {
      const coordinate = fc.integer({ min: -40, max: 90 }).map((k) => k / 8);
      const box = fc.tuple(coordinate, coordinate, coordinate, coordinate).map(([a, b, c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]);
      const rois = fc.array(fc.record({ box, image: fc.nat(1) }), { minLength: 1, maxLength: 4 });
      const options = fc.record({
        outputSize: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
        spatialScale: fc.constantFrom(1, 0.5, 0.25),
        samplingRatio: fc.constantFrom(-1, 1, 2, 3),
        aligned: fc.boolean(),
      });
      const shape = fc.tuple(fc.constant(2), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 6 }));
      fc.assert(
        fc.property(rois, options, shape, (rois, options, shape) => {
          tf.tidy(() => {
            const [boxes, images] = [asBoxes(rois.flatMap((roi) => roi.box)), Int32Array.from(rois, (roi) => roi.image)];
            const features = patternMap(shape, 1009);
            const pool = (map: tf.Tensor) => align(map as tf.Tensor4D, boxes, images, options);
            const out = pool(features);
            near(out.dataSync(), literalRoiAlign(pattern(shape, 1009), shape, boxes, images, options));
            // The operator is linear: ⟨dy, A f⟩ = ⟨Aᵀ dy, f⟩, and for an f with a single 1 this is a finite difference.
            const dy = pattern(out.shape, 997);
            const gradient = tf.grad(pool)(features, tf.tensor(dy, out.shape)).dataSync();
            for (const at of [0, Math.floor(features.size / 2), features.size - 1]) {
              const one = Float32Array.from(pattern(shape, 1009), (_, i) => (i === at ? 1 : 0));
              const difference = literalRoiAlign(one, shape, boxes, images, options);
              near([gradient[at]], [difference.reduce((sum, value, i) => sum + value * dy[i], 0)]);
            }
          });
        }),
        { numRuns: 40, seed: 1 },
      );
    });

    it.each(Array.from({ length: 10 }, (_, seed) => seed))("has the gradient of finite differences, torchvision's case, seed %i", (seed) => {
      tf.tidy(() => {
        const shape = [1, 5, 5, 8];
        const boxes = asBoxes([0, 0, 4, 4, 0, 2, 3, 4, 2, 2, 4, 4]);
        const options = { outputSize: 2, samplingRatio: 1 };
        const values = pattern([seed + 1, ...shape], 1009).slice(-200);
        const pool = (map: tf.Tensor) => align(map as tf.Tensor4D, boxes, new Int32Array(3), options);
        const gradient = tf.grad(pool)(tf.tensor4d(values, [1, 5, 5, 8])).dataSync();
        const sum = (input: Float32Array) => literalRoiAlign(input, shape, boxes, new Int32Array(3), options).reduce((a, b) => a + b, 0);
        near(gradient, values.map((value, i) => (sum(values.with(i, value + 0.5)) - sum(values.with(i, value - 0.5))) / 1), 1e-4);
      });
    });

    it('leaves no tensor behind but its result, with a gradient and without', () => {
      const features = patternMap([2, 9, 13, 3], 1009);
      const pool = (map: tf.Tensor) =>
        align(map as tf.Tensor4D, asBoxes([1, 2, 8, 7, 0, 0, 4, 4]), Int32Array.of(1, 0), { outputSize: 3 });
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
      const pool = (map: tf.Tensor) => roiAlign(map as tf.Tensor4D, emptyBoxes(0), new Int32Array(0), { outputSize: [2, 3] });
      expect(pool(features).shape).toEqual([0, 2, 3, 3]);
      near(tf.grad(pool)(features).dataSync(), new Float32Array(60));
    });
  });

  it('refuses bad arguments in one line', () => {
    tf.tidy(() => {
      const features = patternMap([1, 4, 5, 3], 1009);
      const boxes = asBoxes([0, 0, 1, 1]);
      const call = (images: Int32Array, options: Parameters<typeof roiAlign>[3]) => () => roiAlign(features, boxes, images, options);
      expect(call(new Int32Array(2), { outputSize: 7 })).toThrow('roiAlign: expected an image index for each of 1 boxes, got 2');
      expect(call(Int32Array.of(1), { outputSize: 7 })).toThrow('roiAlign: expected image indices in 0 … 0, got 1 for box 0');
      expect(call(Int32Array.of(-1), { outputSize: 7 })).toThrow('got -1 for box 0');
      expect(call(oneImage, { outputSize: 0 })).toThrow('roiAlign: expected outputSize a positive integer or two, got 0');
      expect(call(oneImage, { outputSize: [7, 1.5] })).toThrow('got [7,1.5]');
      expect(call(oneImage, { outputSize: 7, spatialScale: 0 })).toThrow('roiAlign: expected a positive spatialScale, got 0');
      expect(call(oneImage, { outputSize: 7, samplingRatio: 0.5 })).toThrow('roiAlign: expected an integer samplingRatio, got 0.5');
      expect(() => roiAlign(tf.zeros([1, 4, 0, 3]), boxes, oneImage, { outputSize: 7 })).toThrow('got float32 [1,4,0,3]');
      expect(() => roiAlign(tf.zeros([1, 4, 4, 3], 'int32'), boxes, oneImage, { outputSize: 7 })).toThrow('got int32 [1,4,4,3]');
    });
  });
});
