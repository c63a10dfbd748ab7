import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, emptyBoxes } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { roiWarp } from './index.ts';
import { literalRoiWarp } from './testing/literal-roi-warp.ts';
import { pattern, patternMap } from './testing/pattern.ts';

const near = (values: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5) => {
  expect(values.length).toBe(expected.length);
  const off = Array.from(values).findIndex((value, i) => !(Math.abs(value - expected[i]) <= tolerance));
  if (off >= 0) expect({ off, value: values[off] }).toEqual({ off, value: expected[off] });
};
const oneImage = Int32Array.of(0);
const ramp = () => tf.tensor4d(Float32Array.from({ length: 64 }, (_, i) => i), [1, 8, 8, 1]);

describe.each(await availableEngines())('RoIWarp on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('gives the pixels themselves for a box of as many pixels as bins', () => {
    tf.tidy(() => {
      const warped = roiWarp(ramp(), asBoxes([2, 1, 4, 3]), oneImage, { outputSize: 3 });
      near(warped.dataSync(), [10, 11, 12, 18, 19, 20, 26, 27, 28]);
    });
  });

  it('does not feel where in a pixel a box begins, which RoIAlign does', () => {
    tf.tidy(() => {
      const warp = (box: readonly number[]) => roiWarp(ramp(), asBoxes(box), oneImage, { outputSize: 2, spatialScale: 0.5, samplingRatio: 2 }).dataSync();
      near(warp([3.1, 5.2, 10.9, 12.7]), warp([4.7, 6.9, 9.1, 11.2]));
      expect(warp([3.1, 5.2, 10.9, 12.7])).not.toEqual(warp([2.9, 5.2, 10.9, 12.7]));
    });
  });

  it('equals the literal sum over all pixels, and its gradient is the transpose', () => {
    // Away from the halves at which a box is rounded, where float32 may fall the other way.
    const coordinate = fc.integer({ min: -40, max: 90 }).map((k) => k / 8 + 1 / 32);
    const box = fc.tuple(coordinate, coordinate, coordinate, coordinate).map(([a, b, c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]);
    const rois = fc.array(fc.record({ box, image: fc.nat(1) }), { minLength: 1, maxLength: 3 });
    const options = fc.record({
      outputSize: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
      spatialScale: fc.constantFrom(1, 0.5, 0.25),
      samplingRatio: fc.constantFrom(1, 2, 3),
    });
    const shape = fc.tuple(fc.constant(2), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(rois, options, shape, (rois, options, shape) => {
        tf.tidy(() => {
          const [boxes, images] = [asBoxes(rois.flatMap((roi) => roi.box)), Int32Array.from(rois, (roi) => roi.image)];
          const warp = (map: tf.Tensor) => roiWarp(map as tf.Tensor4D, boxes, images, options);
          const features = patternMap(shape, 1009);
          const out = warp(features);
          near(out.dataSync(), literalRoiWarp(pattern(shape, 1009), shape, boxes, images, options), 2e-5);
          // Linear: the gradient along a single pixel is the difference that this pixel makes.
          const dy = pattern(out.shape, 997);
          const gradient = tf.grad(warp)(features, tf.tensor(dy, out.shape)).dataSync();
          for (const at of [0, Math.floor(features.size / 2), features.size - 1]) {
            const one = Float32Array.from({ length: features.size }, (_, i) => (i === at ? 1 : 0));
            const difference = literalRoiWarp(one, shape, boxes, images, options);
            near([gradient[at]], [difference.reduce((sum, value, i) => sum + value * dy[i], 0)], 2e-5);
          }
        });
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('gives no rows for no boxes, leaves no tensor behind, and refuses what is not a sampling', () => {
    const { numTensors } = tf.memory();
    tf.tidy(() => {
      expect(roiWarp(ramp(), emptyBoxes(0), new Int32Array(0), { outputSize: 3 }).shape).toEqual([0, 3, 3, 1]);
      expect(() => roiWarp(ramp(), emptyBoxes(1), oneImage, { outputSize: 3, samplingRatio: 0 })).toThrow('roiWarp: expected a positive integer samplingRatio, got 0');
      expect(() => roiWarp(ramp(), emptyBoxes(1), oneImage, { outputSize: 3, spatialScale: 0 })).toThrow('roiWarp: expected a positive spatialScale, got 0');
    });
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
