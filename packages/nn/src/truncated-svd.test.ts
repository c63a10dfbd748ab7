import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '@rcnn/geometry';
import { availableEngines, prepareEngine } from '@rcnn/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { truncatedSvd } from './truncated-svd.ts';

/** Singular values by Jacobi's rotations of the columns until all are orthogonal. */
function singularValues(values: Float32Array, m: number, n: number): number[] {
  const a = Float64Array.from(values);
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        let [alpha, beta, gamma] = [0, 0, 0];
        for (let i = 0; i < m; i++) {
          alpha += a[i * n + p] ** 2;
          beta += a[i * n + q] ** 2;
          gamma += a[i * n + p] * a[i * n + q];
        }
        if (Math.abs(gamma) < 1e-14) continue;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        for (let i = 0; i < m; i++) {
          const [x, y] = [a[i * n + p], a[i * n + q]];
          a[i * n + p] = c * (x - t * y);
          a[i * n + q] = c * (t * x + y);
        }
      }
    }
  }
  return Array.from({ length: n }, (_, j) => Math.sqrt(Array.from({ length: m }, (_, i) => a[i * n + j] ** 2).reduce((x, y) => x + y))).sort((x, y) => y - x);
}

/** A matrix whose columns shrink geometrically: singular values that fall like those of trained layers. */
function decaying(m: number, n: number): Float32Array {
  const rng = createRng(3);
  return Float32Array.from({ length: m * n }, (_, i) => rng.normal() * 0.9 ** (i % n));
}

describe.each(await availableEngines())('truncatedSvd on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('comes as near to the weights as any matrix of its rank', () => {
    const values = decaying(40, 24);
    const left = singularValues(values, 40, 24).slice(8).reduce((sum, value) => sum + value * value, 0);
    const error = tf.tidy(() => {
      const weights = tf.tensor2d(values, [40, 24]);
      const { first, second } = truncatedSvd(weights, 8, createRng(1));
      return tf.norm(tf.sub(weights, tf.matMul(first, second))).dataSync()[0];
    });
    expect(error).toBeGreaterThan(0.999 * Math.sqrt(left));
    expect(error).toBeLessThan(1.01 * Math.sqrt(left));
  });

  it('gives weights of that rank or less back, with orthonormal columns', () => {
    tf.tidy(() => {
      const [a, b] = [tf.tensor2d(decaying(30, 5), [30, 5]), tf.tensor2d(decaying(5, 20), [5, 20])];
      const weights = tf.matMul<tf.Tensor2D>(a, b);
      const { first, second } = truncatedSvd(weights, 5, createRng(1));
      expect(tf.max(tf.abs(tf.sub(tf.matMul(first, second), weights))).dataSync()[0]).toBeLessThan(1e-4);
      expect(tf.max(tf.abs(tf.sub(tf.matMul(first, first, true, false), tf.eye(5)))).dataSync()[0]).toBeLessThan(1e-4);
    });
  });

  it('takes zeros, refuses a rank that there is not, and leaks nothing', () => {
    const weights = tf.zeros<tf.Rank.R2>([6, 4]);
    const before = tf.memory().numTensors;
    const { first, second } = truncatedSvd(weights, 2, createRng(1));
    expect([...second.dataSync()].every((value) => value === 0)).toBe(true);
    tf.dispose([first, second]);
    expect(tf.memory().numTensors).toBe(before);
    expect(() => truncatedSvd(weights, 5, createRng(1))).toThrow('expected a rank from 1 to 4 for weights [6, 4], got 5');
    weights.dispose();
  });
});
