import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/torch.json' with { type: 'json' };
import { createParameters, deconvolution, gradientsOf } from './index.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noiseTensor } from '@rcnn/tooling/testing/noise';

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each(golden.deconvolution)("a deconvolution of stride $stride equals PyTorch's transposed convolution, forward and gradient", ({ stride, y, dx, dWeight, dBias }) => {
    const parameters = createParameters(createRng(0));
    const layer = deconvolution(parameters, { inChannels: 3, outChannels: 5, stride, activation: 'relu' });
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const [weight, bias] = parameters.all();
      expect([weight.layout, weight.variable.shape]).toEqual([{ kind: 'convolution' }, [stride, stride, 5, 3]]);
      weight.variable.assign(noiseTensor(weight.variable.shape, 2));
      bias.variable.assign(noiseTensor([5], 3));
      const x = noiseTensor<tf.Tensor4D>([2, 3, 4, 3], 1, 4);
      const dy = noiseTensor<tf.Tensor4D>([2, 3 * stride, 4 * stride, 5], 4);
      expectNear(layer(x).dataSync(), floats(y));
      expectNear(tf.grad((map: tf.Tensor) => layer(map as tf.Tensor4D))(x, dy).dataSync(), floats(dx));
      const { gradients } = gradientsOf(parameters.all(), () => ({ loss: tf.sum<tf.Scalar>(tf.mul(layer(x), dy)) }));
      expectNear(gradients.get('weight')?.dataSync() ?? [], floats(dWeight));
      expectNear(gradients.get('bias')?.dataSync() ?? [], floats(dBias));
    });
    expect(tf.memory().numTensors).toBe(before);
    parameters.dispose();
  });
});
