import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { noiseTensor } from '@rcnn/tooling/testing/noise';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { dropout, localResponseNorm, localResponseNormWithinChannel, maxPool } from './index.ts';

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each([[7, 3, 2, 0, 3], [8, 3, 2, 0, 4], [112, 3, 2, 1, 57], [8, 2, 2, 0, 4], [9, 2, 2, 0, 5], [57, 3, 2, 1, 29], [4, 3, 3, 1, 2]])(
    'pooling %i pixels by windows of %i at stride %i with %i zeros around makes %i, each the largest of its window',
    (extent, size, stride, padding, expected) => {
      tf.tidy(() => {
        const map = tf.relu(noiseTensor<tf.Tensor4D>([1, extent, extent, 2], 1));
        const pooled = maxPool(map, { size, stride, padding });
        expect(pooled.shape).toEqual([1, expected, expected, 2]);
        const [from, to] = [map.bufferSync(), pooled.bufferSync()];
        for (let y = 0; y < expected; y++) {
          for (let x = 0; x < expected; x++) {
            let largest = 0;
            for (let v = y * stride - padding; v < y * stride - padding + size; v++) {
              for (let u = x * stride - padding; u < x * stride - padding + size; u++) {
                if (v >= 0 && u >= 0 && v < extent && u < extent) largest = Math.max(largest, from.get(0, v, u, 1));
              }
            }
            expect(to.get(0, y, x, 1)).toBeCloseTo(largest, 6);
          }
        }
      });
    },
  );

  const norms = {
    'across channels': { apply: (x: tf.Tensor4D) => localResponseNorm(x, { size: 3, alpha: 0.9, beta: 0.75, k: 2 }), near: (c: number, d: number, dy: number, dx: number) => Math.abs(c - d) <= 1 && dy === 0 && dx === 0, k: 2, share: 0.9 / 3 },
    'within a channel': { apply: (x: tf.Tensor4D) => localResponseNormWithinChannel(x, { size: 3, alpha: 0.9, beta: 0.75 }), near: (c: number, d: number, dy: number, dx: number) => c === d && Math.abs(dy) <= 1 && Math.abs(dx) <= 1, k: 1, share: 0.9 / 9 },
  };
  it.each(Object.entries(norms))('local response normalisation %s equals the literal sum, and its gradient finite differences', (_, { apply, near, k, share }) => {
    const [height, width, channels] = [4, 3, 5];
    tf.tidy(() => {
      const x = noiseTensor<tf.Tensor4D>([1, height, width, channels], 3, 4);
      const values = x.bufferSync();
      const result = apply(x).bufferSync();
      const cells = [...Array(height * width * channels).keys()].map((i) => [Math.floor(i / channels / width), Math.floor(i / channels) % width, i % channels]);
      for (const [row, column, channel] of cells) {
        const sum = cells.filter(([v, u, c]) => near(channel, c, v - row, u - column)).reduce((total, [v, u, c]) => total + values.get(0, v, u, c) ** 2, 0);
        expect(result.get(0, row, column, channel)).toBeCloseTo(values.get(0, row, column, channel) / (k + share * sum) ** 0.75, 4);
      }
      const dy = noiseTensor<tf.Tensor4D>(x.shape, 4);
      const loss = (map: tf.Tensor4D): number => tf.sum(tf.mul(apply(map), dy)).dataSync()[0];
      const gradient = tf.grad((map) => apply(map as tf.Tensor4D))(x, dy).dataSync();
      for (const at of [0, 17, 41]) {
        const moved = (step: number): tf.Tensor4D => {
          const data = x.dataSync().slice();
          data[at] += step;
          return tf.tensor4d(data, x.shape);
        };
        expect((loss(moved(0.01)) - loss(moved(-0.01))) / 0.02).toBeCloseTo(gradient[at], 2);
      }
    });
  });

  it('dropout keeps the mean, drops a share, passes its gradient through what is kept, and leaves nothing behind', () => {
    const x = tf.ones([100, 50]);
    const before = tf.memory().numTensors;
    const [dropped, gradient] = tf.tidy(() => [dropout(x, createRng(1), { rate: 0.2 }).dataSync(), tf.grad((y) => dropout(y, createRng(1), { rate: 0.2 }))(x).dataSync()]);
    expect(tf.memory().numTensors).toBe(before);
    expect(dropped.filter((value) => value === 0).length / 5000).toBeCloseTo(0.2, 1);
    expect(dropped.filter((value) => value !== 0).every((value) => Math.abs(value - 1.25) < 1e-6)).toBe(true);
    expect([...gradient]).toEqual([...dropped]);
    x.dispose();
  });
});
