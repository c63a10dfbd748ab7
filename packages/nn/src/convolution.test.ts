import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  activate, batchNorm, convolution, convolve, convolveDepthwise, createParameters, frozenBatchNorm, gradientsOf, groupNorm,
  normalizedConvolution, trainable, type Norm, type NormKind, type Parameters,
} from './index.ts';
import { expectNear } from '@rcnn/tooling/testing/floats';
import { noiseTensor } from '@rcnn/tooling/testing/noise';

const geometry = { stride: 2, padding: 1 } as const;
const kinds: readonly NormKind[] = ['frozen', 'trained', 'group', 'folded'];

/** What each norm does, one step after another: frozen and folded norms unfused. */
function unfused(kind: NormKind, parameters: Parameters): Norm {
  switch (kind) {
    case 'folded': {
      const bias = parameters.create('bias', [8], () => new Float32Array(8));
      return (x) => tf.add(x, bias);
    }
    case 'frozen': {
      const affine = frozenBatchNorm(parameters, 8, { epsilon: 1e-3 });
      return (x) => {
        const { scale, shift } = affine();
        return tf.add(tf.mul(x, scale), shift);
      };
    }
    case 'trained':
      return batchNorm(parameters, 8, { epsilon: 1e-3 });
    case 'group':
      return groupNorm(parameters, 8, { groups: 4 });
  }
}

const randomize = (parameters: Parameters) => {
  parameters.all().forEach(({ variable }, i) => tf.tidy(() => variable.assign(noiseTensor(variable.shape, i, 0.5, 1))));
};

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each(kinds.flatMap((norm) => [[norm, 'dense'], [norm, 'depthwise']] as const))('a convolution with %s norm, %s, is the convolution, the norm, and the activation', (norm, density) => {
    const depthwise = density === 'depthwise';
    const [fused, steps] = [createParameters(createRng(1)), createParameters(createRng(1))];
    const layer = normalizedConvolution(fused.at('conv'), fused.at('norm'), { norm, inChannels: depthwise ? 'depthwise' : 3, outChannels: 8, ...geometry, activation: 'relu6', epsilon: 1e-3 });
    const weight = steps.at('conv').create('weight', depthwise ? [3, 3, 8, 1] : [3, 3, 3, 8], () => new Float32Array(9 * 8 * (depthwise ? 1 : 3)));
    const normalize = unfused(norm, steps.at('norm'));
    expect(fused.all().map(({ name }) => name)).toEqual(steps.all().map(({ name }) => name));
    randomize(fused);
    randomize(steps);
    tf.tidy(() => {
      const x = noiseTensor<tf.Tensor4D>([2, 6, 5, depthwise ? 8 : 3], 99, 4);
      for (const training of [true, false]) {
        const inSteps = () => activate(normalize((depthwise ? convolveDepthwise : convolve)(x, weight as tf.Tensor4D, undefined, geometry), { training }), 'relu6');
        const [y, expected] = [layer(x, { training }), inSteps()];
        expectNear(y.dataSync(), expected.dataSync());
        const dy = noiseTensor<tf.Tensor4D>(y.shape, 98);
        const [of, inStepsOf] = [[fused, () => layer(x, { training })], [steps, inSteps]].map(([parameters, forward]) =>
          gradientsOf(trainable((parameters as Parameters).all()), () => ({ loss: tf.sum<tf.Scalar>(tf.mul((forward as () => tf.Tensor4D)(), dy)) })),
        );
        expect([...of.gradients.keys()]).toEqual([...inStepsOf.gradients.keys()]);
        for (const [name, gradient] of of.gradients) expectNear(gradient.dataSync(), inStepsOf.gradients.get(name)!.dataSync(), 1e-4);
      }
    });
    fused.dispose();
    steps.dispose();
  });

  it('a convolution keeps the extent and adds its bias', () => {
    const parameters = createParameters(createRng(1));
    const layer = convolution(parameters, { inChannels: 3, outChannels: 2, kernel: 5 });
    tf.tidy(() => {
      parameters.all()[1].variable.assign(tf.tensor1d([7, -3]));
      const y = layer(tf.zeros([1, 4, 9, 3]));
      expect(y.shape).toEqual([1, 4, 9, 2]);
      expectNear(y.dataSync().slice(0, 2), [7, -3]);
    });
    parameters.dispose();
  });

  it('the first output of a layer keeps the variance of its input through a ReLU', () => {
    const parameters = createParameters(createRng(1));
    const layer = convolution(parameters, { inChannels: 64, outChannels: 64, activation: 'relu' });
    tf.tidy(() => {
      const square = tf.mean(tf.square(layer(noiseTensor([1, 12, 12, 64], 1, Math.sqrt(12))))).dataSync()[0];
      expect(square).toBeGreaterThan(0.7);
      expect(square).toBeLessThan(1.2);
    });
    parameters.dispose();
  });
});
