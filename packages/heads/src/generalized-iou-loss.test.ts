import * as tf from '@tensorflow/tfjs-core';
import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng, generalizedBoxIou, type Boxes } from '@rcnn/geometry';
import { beforeAll, describe, expect, it } from 'vitest';
import { generalizedIouLoss } from './generalized-iou-loss.ts';

function randomBoxes(count: number, seed: number): Boxes {
  const rng = createRng(seed);
  return asBoxes(Array.from({ length: count }, () => [0, 0, 0, 0].map(() => rng.uniform() * 8)).flatMap(([x, y, w, h]) => [x, y, x + 1 + w, y + 1 + h]));
}

const lossOf = (a: Boxes | number[], b: Boxes | number[]): number[] =>
  tf.tidy(() => [...generalizedIouLoss(tf.tensor2d([...a], [a.length / 4, 4]), tf.tensor2d([...b], [b.length / 4, 4])).dataSync()]);

describe.each(await availableEngines())('generalizedIouLoss on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it("agrees with torchvision's cases: the same box, a quarter of it, beside it, and far from it", () => {
    const one = [0, 0, 1, 1];
    const losses = lossOf([...one, ...one, ...one, ...one], [...one, 0, 0, 2, 2, 1, 0, 2, 1, 2, 2, 3, 3].slice(0, 16));
    [0, 0.75, 1, 1 + 7 / 9].forEach((expected, i) => expect(losses[i]).toBeCloseTo(expected, 5));
  });

  it('is 1 less the generalized IoU of geometry', () => {
    const [a, b] = [randomBoxes(30, 1), randomBoxes(30, 2)];
    const all = generalizedBoxIou(a, b);
    lossOf(a, b).forEach((loss, i) => expect(loss).toBeCloseTo(1 - all[i * 30 + i], 4));
  });

  it('has the gradient that finite differences have, and leaks nothing', () => {
    const [a, b] = [randomBoxes(6, 3), randomBoxes(6, 4)];
    const before = tf.memory().numTensors;
    const gradient = tf.tidy(() => {
      const target = tf.tensor2d([...b], [6, 4]);
      return [...tf.grad((x) => tf.sum(generalizedIouLoss(x as tf.Tensor2D, target)))(tf.tensor2d([...a], [6, 4])).dataSync()];
    });
    expect(tf.memory().numTensors).toBe(before);
    const sum = (numbers: number[]): number => lossOf(numbers, b).reduce((x, y) => x + y);
    [...a].forEach((_, i) => {
      const moved = (by: number): number[] => [...a].map((value, j) => (j === i ? value + by : value));
      expect(gradient[i]).toBeCloseTo((sum(moved(1e-2)) - sum(moved(-1e-2))) / 2e-2, 2);
    });
  });

  it('still tells apart boxes that do not meet', () => {
    const [near, far] = lossOf([0, 0, 1, 1, 0, 0, 1, 1], [2, 0, 3, 1, 5, 0, 6, 1]);
    expect(near).toBeGreaterThan(1);
    expect(far).toBeGreaterThan(near);
  });
});
