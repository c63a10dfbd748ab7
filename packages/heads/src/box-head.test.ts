import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxDeltas, createRng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/torchvision.json' with { type: 'json' };
import { boxHead, boxLoss, type BoxPredictions } from './index.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it("the box head has torchvision's parameters, and its flattened layout maps onto torchvision's", () => {
    const parameters = createParameters(createRng(0));
    const head = boxHead(parameters, { channels: 4, resolution: 3, hidden: 16, classes: 4 });
    const shapes = Object.values(golden.head.parameters);
    expect(parameters.all().map(({ name }) => name)).toEqual(Object.keys(golden.head.parameters));
    expect(parameters.all()[0].layout).toEqual({ kind: 'flattened', height: 3, width: 3, channels: 4 });
    tf.tidy(() => {
      shapes.forEach((shape, i) => {
        const values = tf.tensor(noise(shape, 30 + i), shape);
        const flattened = i === 0 ? tf.reshape(tf.transpose(tf.reshape(values, [16, 4, 3, 3]), [2, 3, 1, 0]), [36, 16]) : tf.transpose(values);
        parameters.all()[i].variable.assign(flattened);
      });
      const { logits, deltas } = head(noiseTensor([5, 3, 3, 4], 40));
      expectNear(logits.dataSync(), floats(golden.head.logits));
      expectNear(deltas.dataSync(), floats(golden.head.deltas));
      expect(head(tf.zeros([0, 3, 3, 4])).deltas.shape).toEqual([0, 16]);
    });
    parameters.dispose();
  });

  it("the losses equal torchvision's fastrcnn_loss, values and gradients", () => {
    tf.tidy(() => {
      const { labels, losses, dLogits, dDeltas } = golden.loss;
      const inputs = [noiseTensor([24, 4], 50, 8), noiseTensor([24, 16], 51, 3)];
      const targets = { labels: Int32Array.from(labels), deltas: asBoxDeltas(noise([24, 4], 52).map((value) => value * 3)) };
      const compute = (logits: tf.Tensor, deltas: tf.Tensor) => boxLoss({ logits, deltas } as BoxPredictions, targets);
      const { classification, box } = compute(inputs[0], inputs[1]);
      expectNear([classification.dataSync()[0], box.dataSync()[0]], losses);
      const gradients = tf.grads((...said: tf.Tensor[]) => tf.addN(Object.values<tf.Scalar>({ ...compute(said[0], said[1]) })))(inputs);
      expectNear(gradients[0].dataSync(), floats(dLogits), 1e-6);
      expectNear(gradients[1].dataSync(), floats(dDeltas), 1e-6);
    });
  });

  it('the losses of no regions are 0', () => {
    tf.tidy(() => {
      const { classification, box } = boxLoss({ logits: tf.zeros([0, 3]), deltas: tf.zeros([0, 12]) }, { labels: new Int32Array(0), deltas: asBoxDeltas([]) });
      expect([classification.dataSync()[0], box.dataSync()[0]]).toEqual([0, 0]);
    });
  });
});
