import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/torch.json' with { type: 'json' };
import { adamw, createParameters, globalNorm, sgd, type AdamwOptions, type Optimizer, type Parameters, type SgdOptions } from './index.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';

const created = (): Parameters => {
  const parameters = createParameters(createRng(0));
  parameters.create('a', [3, 4], (shape) => noise(shape, 1));
  parameters.create('b', [5], (shape) => noise(shape, 2));
  return parameters;
};

/** Step `step` of the golden script: gradients of noise, a falling rate. */
const descend = (parameters: Parameters, optimizer: Optimizer, step: number): number =>
  tf.tidy(() => optimizer.step(new Map(parameters.all().map(({ name, variable }, i) => [name, noiseTensor(variable.shape, 10 * step + i, 2)])), 0.1 / (step + 1)));

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each(golden.sgd as readonly { options: SgdOptions; parameters: string[]; norms: number[] }[])("equals PyTorch's SGD and clip_grad_norm_ over five steps with $options", ({ options, parameters: expected, norms }) => {
    const parameters = created();
    const optimizer = sgd(parameters.all(), options);
    const measured = [0, 1, 2, 3, 4].map((step) => descend(parameters, optimizer, step));
    if (norms.length > 0) expectNear(measured, norms);
    parameters.all().forEach(({ variable }, i) => expectNear(variable.dataSync(), floats(expected[i]), 2e-6));
    optimizer.dispose();
    parameters.dispose();
  });

  it('goes on from a saved state bit for bit', () => {
    const [whole, resumed] = [created(), created()];
    const [first, second] = [sgd(whole.all()), sgd(resumed.all())];
    for (const step of [0, 1, 2, 3]) descend(whole, first, step);
    for (const step of [0, 1]) descend(resumed, second, step);
    const third = sgd(resumed.all());
    third.restore(second.state());
    for (const step of [2, 3]) descend(resumed, third, step);
    whole.all().forEach(({ variable }, i) => expect(resumed.all()[i].variable.dataSync()).toEqual(variable.dataSync()));
    expect(third.state()).toEqual(first.state());
    for (const each of [first, second, third, whole, resumed]) each.dispose();
  });

  it('refuses a state that lacks a velocity or has one of another size', () => {
    const parameters = created();
    const optimizer = sgd(parameters.all());
    expect(() => optimizer.restore(new Map([['velocity.a', new Float32Array(12)]]))).toThrow('expected 5 values for "velocity.b", got none');
    expect(() => optimizer.restore(new Map([['velocity.a', new Float32Array(3)]]))).toThrow('expected 12 values for "velocity.a", got 3');
    optimizer.dispose();
    parameters.dispose();
  });

  it.each([['sgd', sgd], ['adamw', adamw]] as const)('%s changes nothing where the gradients are not finite', (_, create) => {
    const parameters = created();
    const optimizer = create(parameters.all());
    descend(parameters, optimizer, 0);
    const values = () => [...parameters.all().map(({ variable }) => variable.dataSync().slice()), ...optimizer.state().values()];
    const before = values();
    expect(tf.tidy(() => optimizer.step(new Map([['a', tf.fill([3, 4], NaN)], ['b', tf.ones([5])]]), 0.1))).toBeNaN();
    expect(values()).toEqual(before);
    optimizer.dispose();
    parameters.dispose();
  });

  it.each(golden.adamw as unknown as readonly { options: AdamwOptions; parameters: string[] }[])("AdamW equals PyTorch's over five steps with $options, and goes on from a saved state", ({ options, parameters: expected }) => {
    const [parameters, unsaved] = [created(), created()];
    const [optimizer, first] = [adamw(parameters.all(), options), adamw(unsaved.all(), options)];
    for (const step of [0, 1, 2, 3, 4]) descend(parameters, optimizer, step);
    parameters.all().forEach(({ variable }, i) => expectNear(variable.dataSync(), floats(expected[i]), 5e-6));
    for (const step of [0, 1]) descend(unsaved, first, step);
    const resumed = adamw(unsaved.all(), options);
    resumed.restore(first.state());
    for (const step of [2, 3, 4]) descend(unsaved, resumed, step);
    unsaved.all().forEach(({ variable }, i) => expect(variable.dataSync()).toEqual(parameters.all()[i].variable.dataSync()));
    for (const each of [optimizer, first, resumed, parameters, unsaved]) each.dispose();
  });

  it('moves a parameter at its own multiple of the learning rate', () => {
    const [alike, apart] = [created(), created()];
    const start = created().all()[1].variable.dataSync();
    const [same, tenfold] = [sgd(alike.all()), sgd(apart.all(), { rateOf: (name) => (name === 'b' ? 10 : 1) })];
    descend(alike, same, 0);
    descend(apart, tenfold, 0);
    const values = (parameters: Parameters, i: number): number[] => [...parameters.all()[i].variable.dataSync()];
    expect(values(apart, 0)).toEqual(values(alike, 0));
    expectNear(values(apart, 1), values(alike, 1).map((value, i) => start[i] + 10 * (value - start[i])), 1e-5);
  });

  it('leaves alone a parameter without a gradient', () => {
    const parameters = created();
    const optimizer = sgd(parameters.all(), { weightDecay: 0.1 });
    tf.tidy(() => optimizer.step(new Map([['a', tf.ones([3, 4])]]), 0.1));
    expect(parameters.all()[1].variable.dataSync()).toEqual(noise([5], 2));
    optimizer.dispose();
    parameters.dispose();
  });

  it('keeps no tensor but one velocity a parameter, and frees those', () => {
    const parameters = created();
    const before = tf.memory();
    const optimizer = sgd(parameters.all(), { weightDecay: 1e-4, clipNorm: 0.5 });
    for (const step of [0, 1, 2]) {
      descend(parameters, optimizer, step);
      expect(tf.memory()).toMatchObject({ numTensors: before.numTensors + 2, numBytes: before.numBytes + 4 * 17 });
    }
    optimizer.dispose();
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    parameters.dispose();
  });

  it('the global norm is that of all values together', () => {
    expect(tf.tidy(() => globalNorm([tf.tensor1d([3, 0]), tf.tensor2d([[4], [12]])]))).toBeCloseTo(13, 5);
    expect(globalNorm([])).toBe(0);
  });
});
