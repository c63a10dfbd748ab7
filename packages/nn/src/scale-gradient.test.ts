import { availableEngines, prepareEngine } from '@rcnn/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { scaleGradient } from './scale-gradient.ts';

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('numbers stay, their gradient is scaled, and no tensor is left', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const x = tf.tensor1d([1, -2, 3]);
      expect([...scaleGradient(x, 0.25).dataSync()]).toEqual([1, -2, 3]);
      expect([...tf.grad((y) => tf.sum(tf.square(scaleGradient(y, 0.25))))(x).dataSync()]).toEqual([0.5, -1, 1.5]);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
