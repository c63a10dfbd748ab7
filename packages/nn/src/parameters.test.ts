import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { constant, createParameters, fanIn, gradientsOf, kaimingNormal, kaimingUniform, normal, trainable, uniform } from './index.ts';

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('parameters are named by the places they are created at, in order of creation', () => {
    const root = createParameters(createRng(0));
    root.at('layer1').at('0').at('conv1').create('weight', [1, 1, 2, 3], constant(1), { layout: { kind: 'convolution' } });
    root.at('layer1').at('0').at('bn1').create('running_mean', [3], constant(0), { buffer: true });
    root.create('scale', [], constant(2));
    expect(root.at('elsewhere').all().map(({ name, buffer, layout, variable }) => [name, buffer, layout.kind, variable.shape])).toEqual([
      ['layer1.0.conv1.weight', false, 'convolution', [1, 1, 2, 3]],
      ['layer1.0.bn1.running_mean', true, 'plain', [3]],
      ['scale', false, 'plain', []],
    ]);
    expect(root.all()[2].variable.dataSync()[0]).toBe(2);
    root.dispose();
  });

  it('a name is taken once', () => {
    const root = createParameters(createRng(0));
    root.at('conv').create('weight', [1], constant(0));
    expect(() => root.at('conv').create('weight', [2], constant(0))).toThrow('parameters: "conv.weight" is created twice');
    root.dispose();
  });

  it('what is disposed is gone, memory and names', () => {
    const before = tf.memory();
    const root = createParameters(createRng(0));
    root.at('a').create('weight', [5], constant(0));
    root.at('b').create('weight', [7], constant(0), { buffer: true });
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors + 2, numBytes: before.numBytes + 48 });
    root.at('b').dispose();
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    expect(root.all()).toEqual([]);
  });

  it('trainable are all but buffers and frozen prefixes', () => {
    const root = createParameters(createRng(0));
    for (const name of ['layer1', 'layer10']) root.at(name).create('weight', [1], constant(0));
    root.at('layer2').create('running_var', [1], constant(0), { buffer: true });
    const names = (frozen?: readonly string[]) => trainable(root.all(), frozen).map(({ name }) => name);
    expect(names()).toEqual(['layer1.weight', 'layer10.weight']);
    expect(names(['layer1.'])).toEqual(['layer10.weight']);
    expect(names(['layer1'])).toEqual([]);
    root.dispose();
  });

  it('gradients come by name, with each loss as a number, and none for what the losses do not reach', () => {
    const root = createParameters(createRng(0));
    const [a, b] = ['a', 'b'].map((name) => root.create(name, [2], constant(3)));
    root.create('unreached', [2], constant(1));
    const before = tf.memory();
    const { losses, gradients } = gradientsOf(root.all(), () => ({ square: tf.sum<tf.Scalar>(tf.square(a)), line: tf.sum<tf.Scalar>(tf.mul(b, tf.tensor1d([5, 7]))) }));
    expect(losses).toEqual({ square: 18, line: 36 });
    expect([...gradients].map(([name, gradient]) => [name, [...gradient.dataSync()]])).toEqual([['a', [6, 6]], ['b', [5, 7]]]);
    expect(tf.memory().numTensors).toBe(before.numTensors + 2);
    tf.dispose([...gradients.values()]);
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    root.dispose();
  });

  it('gradients of no more than was asked for', () => {
    const root = createParameters(createRng(0));
    const [a, b] = ['a', 'b'].map((name) => root.create(name, [1], constant(3)));
    const { gradients } = gradientsOf(root.all().slice(0, 1), () => ({ loss: tf.sum<tf.Scalar>(tf.mul(a, b)) }));
    expect([...gradients.keys()]).toEqual(['a']);
    tf.dispose([...gradients.values()]);
    root.dispose();
  });
});

it('initialisers have the spread they promise and are the same for the same seed', () => {
  const shape = [3, 3, 20, 50];
  const deviation = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  expect(fanIn(shape)).toBe(180);
  expect(deviation(normal(0.01)(shape, createRng(1)))).toBeCloseTo(0.01, 3);
  expect(deviation(kaimingNormal({ gain: 0.5 })(shape, createRng(1)))).toBeCloseTo(0.5 * Math.sqrt(2 / 180), 2);
  // PyTorch: kaiming_uniform_(a = √5) is uniform within 1/√fan-in.
  expect(Math.max(...kaimingUniform()(shape, createRng(1)).map(Math.abs))).toBeCloseTo(1 / Math.sqrt(180), 3);
  expect(Math.max(...kaimingUniform({ a: 1 })(shape, createRng(1)).map(Math.abs))).toBeCloseTo(Math.sqrt(3 / 180), 3);
  expect(deviation(uniform(3)(shape, createRng(1)))).toBeCloseTo(Math.sqrt(3), 1);
  expect(kaimingNormal()(shape, createRng(1))).toEqual(kaimingNormal()(shape, createRng(1)));
});
