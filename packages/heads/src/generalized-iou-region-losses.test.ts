import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxDeltas, decodeBoxes, encodeBoxes, generalizedBoxIou, takeBoxes, type BoxDeltas } from '@rcnn/geometry';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  agnosticDeltaStatistics, deltaStatistics, denormalizeDeltas, generalizedIouRegionLosses, meanRegionLosses, normalizeDeltas, regionBoxes, regionLosses, statisticsOfWeights,
} from './index.ts';
import { boxesOf } from './testing/boxes.ts';

const regions = boxesOf(5, 1, 60, 60, [10, 40]);
const objects = boxesOf(5, 2, 60, 60, [10, 40]);
const labels = Int32Array.of(2, 0, 1, 1, 2);
const statistics = { mean: [[0, 0, 0, 0], [0.1, -0.1, 0.2, 0], [0, 0.1, 0, 0.1]], std: [[1, 1, 1, 1], [0.1, 0.2, 0.3, 0.2], [0.2, 0.1, 0.2, 0.1]] };
const plain = encodeBoxes(objects, regions);
plain.fill(0, 4, 8); // of the background
const targets = { labels, deltas: normalizeDeltas(plain, labels, statistics) };

describe('statistics of all classes together', () => {
  it('are those of one class, and the background has none', () => {
    const [boxes, proposals] = [boxesOf(6, 3, 60, 60, [10, 40]), boxesOf(200, 4, 60, 60, [10, 40])];
    const image = (of: number[]): Parameters<typeof deltaStatistics>[0] => [{ boxes, proposals, labels: Int32Array.from(of) }];
    const together = agnosticDeltaStatistics(image([1, 2, 1, 2, 1, 2]), 3);
    const one = deltaStatistics(image([1, 1, 1, 1, 1, 1]), 2);
    expect(one.std[1][0]).not.toBe(1);
    for (const label of [1, 2]) {
      together.mean[label].forEach((value, k) => expect(value).toBeCloseTo(one.mean[1][k], 10));
      together.std[label].forEach((value, k) => expect(value).toBeCloseTo(one.std[1][k], 10));
    }
    expect([together.mean[0], together.std[0]]).toEqual([[0, 0, 0, 0], [1, 1, 1, 1]]);
  });

  it('that are weights move boxes as the weights do', () => {
    const said = noise([5, 12], 7);
    const moved = denormalizeDeltas(said, statisticsOfWeights([10, 10, 5, 5], 3));
    const last = (deltas: Float32Array): BoxDeltas => asBoxDeltas(Array.from({ length: 20 }, (_, i) => deltas[12 * (i >> 2) + 8 + (i & 3)]));
    const [literal, own] = [decodeBoxes(last(said), regions, { weights: [10, 10, 5, 5] }), decodeBoxes(last(moved), regions)];
    own.forEach((value, i) => expect(value).toBeCloseTo(literal[i], 3));
  });
});

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('regions become the boxes that geometry makes of their deltas, and the clamp holds', () => {
    tf.tidy(() => {
      const said = noise([5, 4], 3).map((value) => 4 * value);
      said[2] = 1000;
      const moved = Float32Array.from(said, (value, i) => value * statistics.std[labels[i >> 2]][i & 3] + statistics.mean[labels[i >> 2]][i & 3]) as BoxDeltas;
      const literal = decodeBoxes(moved, regions);
      const boxes = regionBoxes(tf.tensor2d(said, [5, 4]), regions, labels, { statistics }).dataSync();
      boxes.forEach((value, i) => expect(Math.abs(value - literal[i])).toBeLessThan(1e-5 * Math.max(1, Math.abs(literal[i]))));
    });
  });

  it('the loss of boxes is 1 less the generalized IoU of the moved region and its object, 0 of a background; that of classes is as ever', () => {
    tf.tidy(() => {
      const said = { logits: noiseTensor<tf.Tensor2D>([5, 3], 5), deltas: noiseTensor<tf.Tensor2D>([5, 12], 6) };
      const { classification, box } = generalizedIouRegionLosses(said, targets, regions, { statistics });
      const every = denormalizeDeltas(said.deltas.dataSync<'float32'>(), statistics);
      const values = box.dataSync<'float32'>();
      labels.forEach((label, i) => {
        if (label === 0) return expect(values[i]).toBe(0);
        const moved = decodeBoxes(asBoxDeltas(every.slice(12 * i + 4 * label, 12 * i + 4 * label + 4)), takeBoxes(regions, [i]));
        expect(values[i]).toBeCloseTo(1 - generalizedBoxIou(moved, takeBoxes(objects, [i]))[0], 4);
      });
      const ordinary = regionLosses(said, targets).classification.dataSync();
      classification.dataSync().forEach((value, i) => expect(value).toBeCloseTo(ordinary[i], 5));
      const mean = meanRegionLosses({ classification, box }, { lambda: 2 });
      expect(mean.box.dataSync()[0]).toBeCloseTo((2 * values.reduce((sum, value) => sum + value)) / 5, 5);
    });
  });

  it('has the gradient that finite differences have, for the region\'s own class alone, and leaks nothing', () => {
    const logits = noise([5, 3], 5);
    const deltas = noise([5, 12], 6);
    const total = (of: Float32Array): number =>
      tf.tidy(() => tf.sum(generalizedIouRegionLosses({ logits: tf.tensor2d(logits, [5, 3]), deltas: tf.tensor2d(of, [5, 12]) }, targets, regions, { statistics }).box).dataSync()[0]);
    const before = tf.memory().numTensors;
    const gradient = tf.tidy(() => {
      const compute = (x: tf.Tensor): tf.Tensor => tf.sum(generalizedIouRegionLosses({ logits: tf.tensor2d(logits, [5, 3]), deltas: x as tf.Tensor2D }, targets, regions, { statistics }).box);
      return tf.grad(compute)(tf.tensor2d(deltas, [5, 12])).dataSync().slice();
    });
    expect(tf.memory().numTensors).toBe(before);
    gradient.forEach((value, i) => {
      const [region, label] = [Math.floor(i / 12), Math.floor((i % 12) / 4)];
      if (label !== labels[region] || label === 0) return expect(value).toBeCloseTo(0, 10);
      const moved = (by: number): Float32Array => deltas.map((delta, j) => (j === i ? delta + by : delta));
      expect(value).toBeCloseTo((total(moved(1e-2)) - total(moved(-1e-2))) / 2e-2, 2);
    });
    expect(gradient.some((value) => Math.abs(value) > 0.01)).toBe(true);
  });
});
