import { availableEngines, prepareEngine } from '@rcnn/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import golden from './fixtures/torch.json' with { type: 'json' };
import { sigmoidCrossEntropy, smoothL1, softmaxCrossEntropy } from './index.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';

const { differences, logits, rows } = golden.losses;

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  const expectGolden = (input: tf.Tensor, loss: (x: tf.Tensor) => tf.Tensor, expected: { loss: string; gradient: string }) => {
    expectNear(loss(input).dataSync(), floats(expected.loss));
    expectNear(tf.grad(loss)(input).dataSync(), floats(expected.gradient));
  };

  it.each(golden.losses.smoothL1)("smooth L1 with β = $beta equals PyTorch's, forward and gradient, at its joints too", ({ beta, ...expected }) => {
    tf.tidy(() => expectGolden(tf.tensor1d(differences), (d) => smoothL1(d, { beta }), expected));
  });

  it.each(golden.losses.sigmoidCrossEntropy)("binary cross entropy with target $target equals PyTorch's for any logit", ({ target, ...expected }) => {
    tf.tidy(() => expectGolden(tf.tensor1d(logits), (x) => sigmoidCrossEntropy(x, tf.fill(x.shape, target)), expected));
  });

  it.each(golden.losses.softmaxCrossEntropy)("cross entropy with target $target equals PyTorch's for any logits", ({ target, ...expected }) => {
    tf.tidy(() => {
      const oneHot = tf.tensor2d(rows.map((row) => row.map((_, label) => Number(label === target))));
      expectGolden(tf.tensor2d(rows), (x) => softmaxCrossEntropy(x as tf.Tensor2D, oneHot), expected);
    });
  });
});
