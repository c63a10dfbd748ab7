import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createParameters, gradientsOf, type Parameters } from './index.ts';

const created = (): Parameters => {
  const parameters = createParameters(createRng(0));
  parameters.create('a', [3], () => Float32Array.of(1, -2, 3));
  parameters.create('b', [2], () => Float32Array.of(5, 7));
  return parameters;
};

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('differentiates the sum of the losses, and has no gradient of a parameter that none reaches', () => {
    const parameters = created();
    const [a] = parameters.all();
    const before = tf.memory().numTensors;
    const { losses, gradients } = gradientsOf(parameters.all(), () => ({ square: tf.sum<tf.Scalar>(tf.square(a.variable)), plain: tf.sum<tf.Scalar>(a.variable) }));
    expect(losses).toEqual({ square: 14, plain: 2 });
    expect([...gradients].map(([name, gradient]) => [name, [...gradient.dataSync()]])).toEqual([['a', [3, -3, 7]]]);
    tf.dispose([...gradients.values()]);
    expect(tf.memory().numTensors).toBe(before);
    parameters.dispose();
  });

  it('has no gradients of losses that reach no parameter', () => {
    const parameters = created();
    const before = tf.memory().numTensors;
    const { losses, gradients } = gradientsOf(parameters.all(), () => ({ nothing: tf.scalar(0) }));
    expect([losses, gradients.size]).toEqual([{ nothing: 0 }, 0]);
    expect(tf.memory().numTensors).toBe(before);
    parameters.dispose();
  });

  it('frees what was computed where computing the losses throws', () => {
    const parameters = created();
    const [a] = parameters.all();
    const before = tf.memory();
    expect(() =>
      gradientsOf(parameters.all(), () => {
        const loss = tf.sum<tf.Scalar>(tf.exp(tf.square(a.variable)));
        if (loss.dataSync()[0] > 0) throw new Error('the predictions are not finite');
        return { loss };
      }),
    ).toThrow('the predictions are not finite');
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes, numDataBuffers: before.numDataBuffers });
    parameters.dispose();
  });
});
