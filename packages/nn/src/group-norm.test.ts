import * as tf from '@tensorflow/tfjs-core';
import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { beforeAll, describe, expect, it } from 'vitest';
import { groupNorm } from './group-norm.ts';
import { createParameters } from './parameters.ts';

const shape: [number, number, number, number] = [2, 5, 4, 12];

function numbers(count: number, seed: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: count }, () => 2 * rng.normal() + 0.5);
}

/** Group norm with relu and its gradients for Σ y · dy, by central differences in doubles. */
function literal(x: Float32Array, weight: Float32Array, bias: Float32Array, dy: Float32Array, groups: number) {
  const [images, height, width, channels] = shape;
  const forward = (xs: ArrayLike<number>, ws: ArrayLike<number>, bs: ArrayLike<number>): Float64Array => {
    const y = new Float64Array(xs.length);
    const size = channels / groups;
    for (let n = 0; n < images; n++) {
      for (let g = 0; g < groups; g++) {
        const members: number[] = [];
        for (let p = 0; p < height * width; p++) {
          for (let c = g * size; c < (g + 1) * size; c++) members.push((n * height * width + p) * channels + c);
        }
        const mean = members.reduce((sum, i) => sum + xs[i], 0) / members.length;
        const variance = members.reduce((sum, i) => sum + (xs[i] - mean) ** 2, 0) / members.length;
        for (const i of members) y[i] = Math.max(0, ((xs[i] - mean) / Math.sqrt(variance + 1e-5)) * ws[i % channels] + bs[i % channels]);
      }
    }
    return y;
  };
  const value = (xs: ArrayLike<number>, ws: ArrayLike<number>, bs: ArrayLike<number>): number =>
    forward(xs, ws, bs).reduce((sum, y, i) => sum + y * dy[i], 0);
  const gradient = (of: Float32Array, at: (changed: Float64Array) => number): Float64Array =>
    Float64Array.from(of, (_, i) => {
      const [up, down] = [1e-6, -1e-6].map((step) => at(Float64Array.from(of, (v, k) => (k === i ? v + step : v))));
      return (up - down) / 2e-6;
    });
  return {
    y: forward(x, weight, bias),
    dx: gradient(x, (changed) => value(changed, weight, bias)),
    dweight: gradient(weight, (changed) => value(x, changed, bias)),
    dbias: gradient(bias, (changed) => value(x, weight, changed)),
  };
}

function expectClose(actual: tf.Tensor, expected: Float64Array): void {
  const values = actual.dataSync();
  const largest = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
  expect(values.length).toBe(expected.length);
  expected.forEach((v, i) => expect(Math.abs(values[i] - v) / largest).toBeLessThan(2e-4));
}

describe.each(await availableEngines())('groupNorm on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each([1, 2, 3, 4, 6, 12])('and its gradients in %i groups equal the literal version', (groups) => {
    const count = shape.reduce((a, b) => a * b);
    const [x, weight, bias, dy] = [numbers(count, 1), numbers(12, 2), numbers(12, 3), numbers(count, 4)];
    const expected = literal(x, weight, bias, dy, groups);
    const parameters = createParameters(createRng(1));
    const before = tf.memory().numTensors;
    const norm = groupNorm(parameters, 12, { groups, activation: 'relu' });
    const [w, b] = parameters.all().map(({ variable }) => variable);
    tf.tidy(() => {
      w.assign(tf.tensor1d(weight));
      b.assign(tf.tensor1d(bias));
      const input = tf.tensor4d(x, shape);
      expectClose(norm(input, { training: true }), expected.y);
      const gradients = tf.grads((...[map]) => tf.sum(tf.mul(norm(map as tf.Tensor4D, { training: true }), tf.tensor4d(dy, shape))));
      expectClose(gradients([input])[0], expected.dx);
      const { grads } = tf.variableGrads(() => tf.sum(tf.mul(norm(input, { training: true }), tf.tensor4d(dy, shape))), [w, b]);
      expectClose(grads[w.name], expected.dweight);
      expectClose(grads[b.name], expected.dbias);
    });
    parameters.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses channels that the groups do not divide', () => {
    expect(() => groupNorm(createParameters(createRng(1)), 12, { groups: 5 })).toThrow('multiples of 5, got 12');
  });
});
