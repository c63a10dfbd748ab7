import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/torch.json' with { type: 'json' };
import { createParameters, gradientsOf, linear, type Activation } from './index.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each(golden.linear)('a linear layer with activation $activation equals PyTorch, forward and gradient', ({ activation, y, dx, dWeight, dBias }) => {
    const parameters = createParameters(createRng(0));
    const layer = linear(parameters, { inputs: 7, outputs: 3, activation: activation as Activation, initializer: () => noise([7, 3], 2).map((value) => value * 6) });
    tf.tidy(() => {
      parameters.all()[1].variable.assign(noiseTensor([3], 3));
      const [x, dy] = [noiseTensor<tf.Tensor2D>([5, 7], 1, 4), noiseTensor<tf.Tensor2D>([5, 3], 4)];
      expectNear(layer(x).dataSync(), floats(y));
      expectNear(tf.grad((map: tf.Tensor) => layer(map as tf.Tensor2D))(x, dy).dataSync(), floats(dx));
      const { gradients } = gradientsOf(parameters.all(), () => ({ loss: tf.sum<tf.Scalar>(tf.mul(layer(x), dy)) }));
      expectNear(gradients.get('weight')!.dataSync(), floats(dWeight));
      expectNear(gradients.get('bias')!.dataSync(), floats(dBias));
    });
    parameters.dispose();
  });

  it('takes no rows and gives none', () => {
    const parameters = createParameters(createRng(0));
    const layer = linear(parameters, { inputs: 4, outputs: 2 });
    tf.tidy(() => {
      expect(layer(tf.zeros([0, 4])).shape).toEqual([0, 2]);
      const { gradients } = gradientsOf(parameters.all(), () => ({ loss: tf.sum<tf.Scalar>(layer(tf.zeros([0, 4]))) }));
      expectNear(gradients.get('weight')!.dataSync(), new Float32Array(8));
    });
    parameters.dispose();
  });
});
