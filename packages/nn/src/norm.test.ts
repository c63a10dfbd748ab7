import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/torch.json' with { type: 'json' };
import { batchNorm, createParameters, frozenBatchNorm, gradientsOf, groupNorm, type Norm, type Parameters } from './index.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noiseTensor } from '@rcnn/tooling/testing/noise';

const shape = [2, 4, 3, 8];
const set = (parameters: Parameters, name: string, values: tf.Tensor) => parameters.all().find((parameter) => parameter.name === name)!.variable.assign(values);
const get = (parameters: Parameters, name: string) => parameters.all().find((parameter) => parameter.name === name)!.variable.dataSync();

/** Parameters with the weight and bias of the golden script, and a layer over them. */
function prepared<L>(layer: (parameters: Parameters) => L): { parameters: Parameters; norm: L } {
  const parameters = createParameters(createRng(0));
  const norm = layer(parameters);
  tf.tidy(() => {
    set(parameters, 'weight', noiseTensor([8], 5, 1, 1));
    set(parameters, 'bias', noiseTensor([8], 6));
  });
  return { parameters, norm };
}

function expectGolden(norm: Norm, parameters: Parameters, seed: number, training: boolean, expected: { y: string; dx: string; dWeight: string; dBias: string }): void {
  tf.tidy(() => {
    const [x, dy] = [noiseTensor<tf.Tensor4D>(shape, seed, 3, 0.25), noiseTensor<tf.Tensor4D>(shape, 4)];
    const state = parameters.all().map(({ variable }) => tf.clone(variable));
    const restore = () => parameters.all().forEach(({ variable }, i) => variable.assign(state[i]));
    expectNear(tf.grad((map: tf.Tensor) => norm(map as tf.Tensor4D, { training }))(x, dy).dataSync(), floats(expected.dx), 2e-5);
    restore();
    const { gradients } = gradientsOf(parameters.all().filter(({ buffer }) => !buffer), () => ({ loss: tf.sum<tf.Scalar>(tf.mul(norm(x, { training }), dy)) }));
    expectNear(gradients.get('weight')!.dataSync(), floats(expected.dWeight), 2e-5);
    expectNear(gradients.get('bias')!.dataSync(), floats(expected.dBias), 2e-5);
    restore();
    expectNear(norm(x, { training }).dataSync(), floats(expected.y), 2e-5);
  });
}

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it("batch norm equals PyTorch's in training, running statistics and gradients too, and in evaluation", () => {
    const { parameters, norm } = prepared((at) => batchNorm(at, 8));
    tf.tidy(() => {
      for (const seed of [11, 12]) norm(noiseTensor(shape, seed, 3, 0.25), { training: true });
    });
    expectGolden(norm, parameters, 13, true, golden.batchNorm.trained);
    expectNear(get(parameters, 'running_mean'), floats(golden.batchNorm.running.mean));
    expectNear(get(parameters, 'running_var'), floats(golden.batchNorm.running.variance));
    expectGolden(norm, parameters, 1, false, golden.batchNorm.evaluated);
    expectNear(get(parameters, 'running_mean'), floats(golden.batchNorm.running.mean));
    parameters.dispose();
  });

  it("group norm equals PyTorch's, forward and gradient, in training and out of it", () => {
    const { parameters, norm } = prepared((at) => groupNorm(at, 8, { groups: 4 }));
    expectGolden(norm, parameters, 1, true, golden.groupNorm);
    expectGolden(norm, parameters, 1, false, golden.groupNorm);
    parameters.dispose();
  });

  it("frozen batch norm equals torchvision's, whatever ε", () => {
    for (const { epsilon, y } of golden.frozenBatchNorm) {
      const { parameters, norm } = prepared((at) => frozenBatchNorm(at, 8, { epsilon }));
      tf.tidy(() => {
        set(parameters, 'running_mean', noiseTensor([8], 7));
        set(parameters, 'running_var', tf.mul(noiseTensor([8], 8, 1, 0.5), 1e-3));
        const { scale, shift } = norm();
        expectNear(tf.add(tf.mul(noiseTensor(shape, 1), scale), shift).dataSync(), floats(y), 5e-5);
      });
      expect(parameters.all().every(({ buffer }) => buffer)).toBe(true);
      parameters.dispose();
    }
  });

  it.each([['batch', (at: Parameters) => batchNorm(at, 8)], ['group', (at: Parameters) => groupNorm(at, 8, { groups: 4 })]] as const)('%s norm leaves nothing behind but its result', (_, layer) => {
    const { parameters, norm } = prepared(layer);
    const x = noiseTensor<tf.Tensor4D>(shape, 1);
    const step = () => {
      const { gradients } = gradientsOf(parameters.all().filter(({ buffer }) => !buffer), () => ({ loss: tf.sum<tf.Scalar>(norm(x, { training: true })) }));
      tf.dispose([norm(x, { training: false }), ...gradients.values()]);
    };
    step();
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    step();
    expect(tf.memory()).toMatchObject({ numTensors, numBytes, numDataBuffers });
    tf.dispose(x);
    parameters.dispose();
  });

  it('group norm refuses channels that its groups do not divide', () => {
    expect(() => groupNorm(createParameters(createRng(0)), 48)).toThrow('groupNorm: expected channels in multiples of 32, got 48');
  });
});
