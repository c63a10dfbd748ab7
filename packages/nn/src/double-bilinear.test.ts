import { availableEngines, prepareEngine } from '@rcnn/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { doubleBilinear } from './index.ts';
import { expectNear } from '@rcnn/tooling/testing/floats';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('doubling interpolates between the centres of pixels, and its gradient is the transpose', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const [x, dy] = [noise([2, 3, 4, 2], 1), noise([2, 6, 8, 2], 3)];
      const [y, dx] = [new Float32Array(dy.length), new Float32Array(x.length)];
      const taps = (out: number, length: number): [number, number][] => {
        const at = (out + 0.5) / 2 - 0.5;
        const low = Math.floor(at);
        return [[Math.max(0, low), 1 - (at - low)], [Math.min(length - 1, low + 1), at - low]];
      };
      for (let i = 0; i < dy.length; i++) {
        const [n, row, column, c] = [Math.floor(i / 96), Math.floor(i / 16) % 6, Math.floor(i / 2) % 8, i % 2];
        for (const [r, down] of taps(row, 3)) {
          for (const [q, right] of taps(column, 4)) {
            const from = ((n * 3 + r) * 4 + q) * 2 + c;
            y[i] += down * right * x[from];
            dx[from] += down * right * dy[i];
          }
        }
      }
      const input = tf.tensor4d(x, [2, 3, 4, 2]);
      expectNear(doubleBilinear(input).dataSync(), y);
      expectNear(tf.grad((map: tf.Tensor) => doubleBilinear(map as tf.Tensor4D))(input, tf.tensor4d(dy, [2, 6, 8, 2])).dataSync(), dx);
      expectNear(doubleBilinear(noiseTensor([1, 1, 1, 3], 5)).dataSync(), [0, 1, 2, 3].flatMap(() => [...noise([1, 1, 1, 3], 5)]));
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
