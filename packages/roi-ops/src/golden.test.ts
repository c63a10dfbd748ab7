import { asBoxes } from '@rcnn/geometry';
import { availableEngines, prepareEngine } from '@rcnn/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/roi-ops.json' with { type: 'json' };
import type { RoiAlignOptions } from './index.ts';
import { implementations } from './testing/implementations.ts';
import { pattern, patternMap } from './testing/pattern.ts';

interface Case {
  readonly operator: 'roiAlign' | 'roiPool';
  readonly name: string;
  readonly shape: readonly number[];
  readonly levels: number;
  readonly boxes: readonly number[];
  readonly images: readonly number[];
  readonly options: RoiAlignOptions;
  readonly output: string;
  readonly gradient?: string;
}

const floats = (base64: string): Float32Array => new Float32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer);

function greatestDifference(tensor: tf.Tensor, expected: Float32Array): number {
  const values = tensor.dataSync();
  expect(values.length).toBe(expected.length);
  return expected.reduce((greatest, value, i) => Math.max(greatest, Math.abs(value - values[i])), 0);
}

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  describe.each(golden.cases as unknown as Case[])('$operator: $name', ({ operator, shape, levels, boxes, images, options, output, gradient }) => {
    it.each(implementations[operator])('the %s implementation equals torchvision, forward and gradient', (_, operate) => {
      tf.tidy(() => {
        const features = patternMap(shape, levels);
        const pool = (map: tf.Tensor) => operate(map as tf.Tensor4D, asBoxes(boxes), Int32Array.from(images), options);
        const out = pool(features);
        expect(greatestDifference(out, floats(output))).toBeLessThan(1e-5);
        if (gradient !== undefined) {
          const dy = tf.tensor4d(pattern(out.shape, 997), out.shape);
          expect(greatestDifference(tf.grad(pool)(features, dy), floats(gradient))).toBeLessThan(1e-5);
        }
      });
    });
  });
});
