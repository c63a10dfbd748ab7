import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng, maskFromRle, pasteMask } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/masks.json' with { type: 'json' };
import {
  maskHead, maskLoss, maskProbabilities, mlpMaskHead, multinomialMaskLoss, multinomialMaskProbabilities, pasteMasks, softMaskTargets,
} from './index.ts';
import { blobs } from './testing/blobs.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';

const inference = { training: false };

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it("the mask head has torchvision's parameters and gives its logits", () => {
    const parameters = createParameters(createRng(0));
    const head = maskHead(parameters, { channels: 3, convolutions: 2, hidden: 6, masks: 4 });
    const shapes = golden.head.parameters as Record<string, number[]>;
    expect(parameters.all().map(({ name }) => name)).toEqual(Object.keys(shapes));
    tf.tidy(() => {
      Object.values(shapes).forEach((shape, i) => {
        const values = tf.tensor(noise(shape, 30 + i), shape);
        parameters.all()[i].variable.assign(shape.length === 4 ? tf.transpose(values, [2, 3, 1, 0]) : values);
      });
      expectNear(head(noiseTensor([5, 4, 4, 3], 40), inference).dataSync(), floats(golden.head.logits));
      expect(head(tf.zeros([0, 4, 4, 3]), inference).shape).toEqual([0, 8, 8, 4]);
    });
    parameters.dispose();
  });

  it('in the form of C4 the head is the deconvolution and the masks alone; with a norm it has no bias', () => {
    const [c4, normed] = [createParameters(createRng(0)), createParameters(createRng(0))];
    const head = maskHead(c4, { channels: 8, convolutions: 0, hidden: 4, masks: 3 });
    maskHead(normed, { channels: 8, convolutions: 1, norm: 'frozen', hidden: 4, masks: 3 });
    expect(c4.all().map(({ name }) => name.replace(/\.(weight|bias)$/, ''))).toEqual(['conv5_mask', 'conv5_mask', 'mask_fcn_logits', 'mask_fcn_logits'].map((name) => `mask_predictor.${name}`));
    expect(normed.all().map(({ name }) => name).slice(0, 3)).toEqual(['mask_head.0.0.weight', 'mask_head.0.1.weight', 'mask_head.0.1.bias']);
    tf.tidy(() => {
      expect(head(tf.zeros([2, 7, 7, 8]), inference).shape).toEqual([2, 14, 14, 3]);
    });
    [c4, normed].forEach(({ dispose }) => dispose());
  });

  it('the fully connected mask head gives masks of the size asked for', () => {
    const parameters = createParameters(createRng(0));
    const head = mlpMaskHead(parameters, { channels: 2, resolution: 3, hidden: 5, masks: 2, maskSize: 4 });
    expect(parameters.all().map(({ name, variable }) => [name, variable.shape])).toEqual([
      ['mask_head.fc1.weight', [18, 5]], ['mask_head.fc1.bias', [5]], ['mask_head.fc2.weight', [5, 5]], ['mask_head.fc2.bias', [5]],
      ['mask_predictor.mask_fc_logits.weight', [5, 32]], ['mask_predictor.mask_fc_logits.bias', [32]],
    ]);
    tf.tidy(() => {
      expect(head(tf.zeros([3, 3, 3, 2])).shape).toEqual([3, 4, 4, 2]);
      expect(head(tf.zeros([0, 3, 3, 2])).shape).toEqual([0, 4, 4, 2]);
    });
    parameters.dispose();
  });

  it("the mask loss equals torchvision's, value and gradient", () => {
    tf.tidy(() => {
      const objects = blobs(golden.size[0], golden.size[1], 3);
      const targets = softMaskTargets(golden.objects.map((object) => objects[object]), asBoxes(golden.boxes.flat()), { maskSize: 6 });
      const labels = Int32Array.from(golden.loss.labels);
      const logits = noiseTensor<tf.Tensor4D>([8, 6, 6, 4], 50, 8);
      const loss = (x: tf.Tensor) => maskLoss(x as tf.Tensor4D, labels, targets);
      expectNear(loss(logits).dataSync(), [golden.loss.loss]);
      expectNear(tf.grad(loss)(logits).dataSync(), floats(golden.loss.gradient), 1e-6);
    });
  });

  it('the multinomial loss is the cross-entropy of each pixel over the classes, with the gradient of finite differences', () => {
    const { numTensors } = tf.memory();
    tf.tidy(() => {
      const values = noise([2, 2, 2, 3], 5).map((value) => value * 4);
      const [labels, targets] = [Int32Array.of(1, 2), Float32Array.of(1, 0, 1, 0, 0.25, 1, 0, 0)];
      const literal = (x: Float32Array): number => {
        let sum = 0;
        for (let pixel = 0; pixel < 8; pixel++) {
          const row = Array.from(x.subarray(3 * pixel, 3 * pixel + 3));
          const total = Math.log(row.reduce((all, value) => all + Math.exp(value), 0));
          sum += (1 - targets[pixel]) * (total - row[0]) + targets[pixel] * (total - row[labels[pixel >> 2]]);
        }
        return sum / 8;
      };
      const loss = (x: tf.Tensor) => multinomialMaskLoss(x as tf.Tensor4D, labels, targets);
      const logits = tf.tensor4d(values, [2, 2, 2, 3]);
      expectNear(loss(logits).dataSync(), [literal(values)]);
      const step = 1 / 64;
      const differences = values.map((value, i) => (literal(values.with(i, value + step)) - literal(values.with(i, value - step))) / (2 * step));
      expectNear(tf.grad(loss)(logits).dataSync(), differences, 1e-4);
    });
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('the losses of no region are 0', () => {
    tf.tidy(() => {
      const none = [tf.zeros<tf.Rank.R4>([0, 4, 4, 3]), new Int32Array(0), new Float32Array(0)] as const;
      expect([maskLoss(...none).dataSync()[0], multinomialMaskLoss(...none).dataSync()[0]]).toEqual([0, 0]);
    });
  });

  it("probabilities are the sigmoid, or the softmax's share, of each region's own mask", () => {
    tf.tidy(() => {
      const logits = noiseTensor<tf.Tensor4D>([3, 2, 2, 4], 7, 6);
      const [values, own] = [[...logits.dataSync()], Int32Array.of(2, 0, 3)];
      const at = (pixel: number): number => values[4 * pixel + own[pixel >> 2]];
      expectNear(maskProbabilities(logits, own).dataSync(), Array.from({ length: 12 }, (_, pixel) => 1 / (1 + Math.exp(-at(pixel)))));
      const share = (pixel: number): number => Math.exp(at(pixel)) / values.slice(4 * pixel, 4 * pixel + 4).reduce((sum, value) => sum + Math.exp(value), 0);
      expectNear(multinomialMaskProbabilities(logits, own).dataSync(), Array.from({ length: 12 }, (_, pixel) => share(pixel)));
      const agnostic = noiseTensor<tf.Tensor4D>([3, 2, 2, 1], 8);
      expect(maskProbabilities(agnostic, new Int32Array(3)).shape).toEqual([3, 2, 2]);
      expect(maskProbabilities(tf.zeros([0, 2, 2, 4]), new Int32Array(0)).shape).toEqual([0, 2, 2]);
    });
  });
});

describe('pasted masks', () => {
  it('are those of geometry, region by region', () => {
    const probabilities = noise([2, 5, 5], 3).map((value) => value + 0.5);
    const boxes = asBoxes([2, 3, 20, 14, -4, -4, 9.5, 40]);
    const pasted = pasteMasks(probabilities, boxes, { width: 30, height: 25 }, { threshold: 0.4 });
    pasted.forEach((rle, i) => {
      const soft = pasteMask(probabilities.slice(25 * i, 25 * i + 25), boxes.subarray(4 * i, 4 * i + 4), 25, 30);
      expect([...maskFromRle(rle)]).toEqual([...soft].map((value) => (value > 0.4 ? 1 : 0)));
    });
    expect(pasteMasks(new Float32Array(0), asBoxes([]), { width: 3, height: 3 })).toEqual([]);
  });
});
