import { prepareEngine } from '@rcnn/engine';
import { asBoxes } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { roiAlign, roiPool } from './index.ts';
import { literalRoiAlign } from './testing/literal-roi-align.ts';
import { literalRoiPool } from './testing/literal-roi-pool.ts';
import { pattern } from './testing/pattern.ts';

const failure = await prepareEngine({ engine: 'webgpu' }).then(() => undefined, (error: unknown) => (error as Error).message);

describe.skipIf(failure !== undefined)(`on webgpu${failure === undefined ? '' : ` (skipped: ${failure})`}`, () => {
  const shape: [number, number, number, number] = [2, 6, 7, 4];
  const boxes = asBoxes([1, 2, 11, 9, -3, 0, 4, 20, 6, 6, 6, 6]);
  const images = Int32Array.of(1, 0, 1);
  const options = { outputSize: [3, 2], spatialScale: 0.5, samplingRatio: 2 } as const;
  const operators = [
    ['roiAlign', roiAlign, literalRoiAlign],
    ['roiPool', roiPool, literalRoiPool],
  ] as const;

  beforeAll(async () => {
    await prepareEngine({ engine: 'webgpu' });
  });

  it.each(operators)('%s equals the literal loops, and its gradient is their slope', async (_, operate, literal) => {
    const values = pattern(shape, 1009);
    const features = tf.tensor4d(values, shape);
    const pool = (map: tf.Tensor) => operate(map as tf.Tensor4D, boxes, images, options);
    const output = pool(features);
    const gradient = tf.grad(pool)(features);
    const [pooled, slopes] = [await output.data<'float32'>(), await gradient.data<'float32'>()];
    const expected = literal(values, shape, boxes, images, options);
    expect(pooled.length).toBe(expected.length);
    expected.forEach((value, i) => expect(Math.abs(value - pooled[i])).toBeLessThan(1e-5));
    // Small enough that no other number becomes the maximum.
    const sum = (input: Float32Array) => literal(input, shape, boxes, images, options).reduce((a, b) => a + b, 0);
    const before = sum(values);
    values.forEach((value, i) => expect(Math.abs((sum(values.with(i, value + 2 ** -12)) - before) * 2 ** 12 - slopes[i])).toBeLessThan(2e-3));
    tf.dispose([features, output, gradient]);
  });
});
