import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, asKeypoints, createRng, emptyBoxes } from '@rcnn/geometry';
import { createParameters, gradientsOf } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/keypoints.json' with { type: 'json' };
import { keypointHead, keypointLoss, keypointTargets } from './index.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';

const targets = { maps: Uint32Array.of(1, 2, 5), cells: Uint32Array.of(0, 3, 2) };

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it("the keypoint head has torchvision's parameters, and gives its logits and gradients", () => {
    const parameters = createParameters(createRng(0));
    const head = keypointHead(parameters, { channels: 3, convolutions: 2, hidden: 6, keypoints: 4 });
    const shapes = golden.head.parameters as Record<string, number[]>;
    const before = tf.memory().numTensors;
    expect(parameters.all().map(({ name }) => name)).toEqual(Object.keys(shapes));
    tf.tidy(() => {
      Object.values(shapes).forEach((shape, i) => {
        const values = tf.tensor(noise(shape, 30 + i), shape);
        parameters.all()[i].variable.assign(shape.length === 4 ? tf.transpose(values, [2, 3, 1, 0]) : values);
      });
      const pooled = noiseTensor<tf.Tensor4D>([3, 4, 4, 3], 40);
      expectNear(head(pooled).dataSync(), floats(golden.head.logits));
      const { gradients } = gradientsOf(parameters.all(), () => ({ loss: tf.sum<tf.Scalar>(tf.mul(head(pooled), noiseTensor([3, 16, 16, 4], 41))) }));
      for (const [name, values] of Object.entries<string>(golden.head.gradients)) {
        const gradient = gradients.get(name) ?? tf.tensor([]);
        expectNear((gradient.rank === 4 ? tf.transpose(gradient, [3, 2, 0, 1]) : gradient).dataSync(), floats(values), 1e-4);
      }
      expect(head(tf.zeros([0, 4, 4, 3])).shape).toEqual([0, 16, 16, 4]);
    });
    expect(tf.memory().numTensors).toBe(before);
    parameters.dispose();
  });

  it("the keypoint loss equals torchvision's, value and gradient", () => {
    tf.tidy(() => {
      const wanted = keypointTargets(asKeypoints(golden.keypoints.flat(2), 4), asBoxes(golden.boxes.flat()), { heatmapSize: 8 });
      const logits = noiseTensor<tf.Tensor4D>([6, 8, 8, 4], 50, 8);
      const loss = (x: tf.Tensor) => keypointLoss(x as tf.Tensor4D, wanted);
      expectNear(loss(logits).dataSync(), [golden.loss.loss]);
      expectNear(tf.grad(loss)(logits).dataSync(), floats(golden.loss.gradient), 1e-6);
    });
  });

  it('the keypoint loss is the mean cross-entropy over the cells, with the gradient of finite differences', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const values = noise([2, 2, 2, 3], 5).map((value) => value * 4);
      const literal = (x: Float32Array): number => {
        const terms = [...targets.maps].map((map, i) => {
          const cells = [0, 1, 2, 3].map((cell) => x[12 * Math.floor(map / 3) + 3 * cell + (map % 3)]);
          return Math.log(cells.reduce((sum, value) => sum + Math.exp(value), 0)) - cells[targets.cells[i]];
        });
        return terms.reduce((sum, term) => sum + term, 0) / 3;
      };
      const loss = (x: tf.Tensor) => keypointLoss(x as tf.Tensor4D, targets);
      const logits = tf.tensor4d(values, [2, 2, 2, 3]);
      expectNear(loss(logits).dataSync(), [literal(values)]);
      const step = 1 / 64;
      const differences = values.map((value, i) => (literal(values.with(i, value + step)) - literal(values.with(i, value - step))) / (2 * step));
      expectNear(tf.grad(loss)(logits).dataSync(), differences, 1e-4);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('the loss of no region, and of regions without a labelled keypoint, is 0 with gradient 0', () => {
    tf.tidy(() => {
      const none = keypointTargets(asKeypoints([], 3), emptyBoxes(0));
      expect(keypointLoss(tf.zeros([0, 4, 4, 3]), none).dataSync()[0]).toBe(0);
      const hidden = keypointTargets(asKeypoints([1, 1, 0], 1), asBoxes([0, 0, 4, 4]), { heatmapSize: 2 });
      expect(keypointLoss(tf.ones([1, 2, 2, 1]), hidden).dataSync()[0]).toBe(0);
    });
  });
});
