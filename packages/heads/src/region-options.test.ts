import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxDeltas, asBoxes, boxIou, createRng, decodeBoxes, takeBoxes, type BoxDeltas } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { boxLoss, boxPredictor, deltaStatistics, denormalizeDeltas, normalizeDeltas, regionLosses, sampleRegions, suppress } from './index.ts';
import { boxesOf } from './testing/boxes.ts';

describe('backgrounds', () => {
  it('overlap an object by as much as asked for, and by less than the upper bound', () => {
    const truth = { boxes: boxesOf(4, 2, 60, 60, [10, 50]), labels: Int32Array.of(1, 1, 2, 2) };
    const { boxes, labels } = sampleRegions(boxesOf(200, 1, 60, 60, [10, 50]), truth, createRng(3), { background: [0.1, 0.4], count: 1000, positiveFraction: 0.5 });
    const ious = boxIou(boxes, truth.boxes);
    const highest = Array.from(labels, (_, i) => Math.max(...ious.subarray(4 * i, 4 * i + 4)));
    expect(labels.filter((label) => label === 0).length).toBeGreaterThan(10);
    labels.forEach((label, i) => (label === 0 ? expect(highest[i] >= 0.1 && highest[i] < 0.4).toBe(true) : expect(highest[i]).toBeGreaterThanOrEqual(0.5)));
  });
});

describe('statistics of the deltas', () => {
  const boxes = asBoxes([10, 10, 30, 30, 40, 40, 60, 70]);
  const labels = Int32Array.of(1, 2);
  const proposals = asBoxes([11, 10, 31, 30, 9, 10, 29, 30, 40, 40, 60, 68, 0, 0, 5, 5]);

  it('are the mean and deviation of each class, literally', () => {
    const { mean, std } = deltaStatistics([{ proposals, boxes, labels }], 3);
    // Two proposals of class 1, a twentieth of their width to either side; one of class 2, with no deviation.
    expect(mean[1][0]).toBeCloseTo(0, 6);
    expect(std[1][0]).toBeCloseTo(0.05, 6);
    expect(mean[2][3]).toBeCloseTo(Math.log(30 / 28), 5);
    expect([mean[0], std[0], std[2]]).toEqual([[0, 0, 0, 0], [1, 1, 1, 1], [1, 1, 1, 1]]);
  });

  it('normalise targets, and predictions come back from them', () => {
    const statistics = { mean: [[0, 0, 0, 0], [0.1, 0.2, 0.3, 0.4]], std: [[1, 1, 1, 1], [0.1, 0.1, 0.2, 0.2]] };
    const deltas = asBoxDeltas([0, 0, 0, 0, 0.3, 0.1, -0.2, 0.5]);
    const normal = normalizeDeltas(deltas, Int32Array.of(0, 1), statistics);
    const predicted = new Float32Array(16);
    predicted.set(normal.subarray(0, 4), 0); // background's of the first region
    predicted.set(normal.subarray(4), 12); // class 1's of the second
    const back = denormalizeDeltas(predicted, statistics);
    back.slice(12).forEach((value, i) => expect(value).toBeCloseTo(deltas[4 + i], 6));
  });

  it('of mean 0 and deviation .1, .1, .2, .2 are the weights 10, 10, 5, 5', () => {
    const [regions, raw] = [boxesOf(5, 1, 60, 60, [10, 40]), noise([5, 4], 2)];
    const moved = denormalizeDeltas(raw, { mean: [[0, 0, 0, 0]], std: [[0.1, 0.1, 0.2, 0.2]] });
    const one = decodeBoxes(moved as BoxDeltas, regions);
    const other = decodeBoxes(raw as BoxDeltas, regions, { weights: [10, 10, 5, 5] });
    one.forEach((value, i) => expect(value).toBeCloseTo(other[i], 4));
  });
});

describe('suppression', () => {
  const boxes = asBoxes([0, 0, 10, 10, 0, 0, 10, 9, 0, 0, 10, 8, 50, 50, 60, 60]);
  const [scores, labels] = [Float32Array.of(0.9, 0.8, 0.7, 0.6), Int32Array.of(1, 1, 2, 1)];
  const options = { threshold: 0.5, limit: 10, scoreThreshold: 0.05 };

  it('drops a box that overlaps a better one of its class, or lets its score decay', () => {
    expect([...suppress(boxes, scores, labels, { ...options, suppression: 'nms' }).indices]).toEqual([0, 2, 3]);
    const soft = suppress(boxes, scores, labels, { ...options, suppression: 'soft-linear' });
    expect([...soft.indices]).toEqual([0, 2, 3, 1]);
    expect(soft.scores[3]).toBeCloseTo(0.8 * (1 - 0.9), 5);
    const gaussian = suppress(boxes, scores, labels, { ...options, suppression: 'soft-gaussian' });
    expect(gaussian.scores[gaussian.indices.indexOf(1)]).toBeCloseTo(0.8 * Math.exp(-(0.9 ** 2) / 0.5), 5);
  });

  it('keeps as many as asked for, and none that decays too far', () => {
    expect(suppress(boxes, scores, labels, { ...options, suppression: 'soft-linear', limit: 2 }).indices.length).toBe(2);
    expect([...suppress(boxes, scores, labels, { ...options, suppression: 'soft-linear', scoreThreshold: 0.2 }).indices]).toEqual([0, 2, 3]);
    expect(takeBoxes(boxes, [0]).length).toBe(4);
  });
});

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('a box that all classes share is repeated for each, and its gradient is that of the class alone', () => {
    const parameters = createParameters(createRng(1));
    const predict = boxPredictor(parameters, { inputs: 6, classes: 3, boxes: 'agnostic' });
    tf.tidy(() => {
      const { logits, deltas } = predict(noiseTensor([2, 6], 1));
      expect([logits.shape, deltas.shape]).toEqual([[2, 3], [2, 12]]);
      const values = deltas.dataSync();
      expect([...values.slice(0, 4)]).toEqual([...values.slice(8, 12)]);
    });
    expect(parameters.all().find(({ name }) => name === 'bbox_pred.weight')?.variable.shape).toEqual([6, 4]);
    parameters.dispose();
  });

  it('the loss is the mean of the regions\' own, λ times that of the boxes', () => {
    tf.tidy(() => {
      const predictions = { logits: noiseTensor<tf.Tensor2D>([3, 3], 1), deltas: noiseTensor<tf.Tensor2D>([3, 12], 2) };
      const targets = { labels: Int32Array.of(2, 0, 1), deltas: asBoxDeltas(noise([3, 4], 3)) };
      const each = regionLosses(predictions, targets);
      const mean = (x: tf.Tensor): number => x.dataSync<'float32'>().reduce((sum, value) => sum + value, 0) / 3;
      expect(each.box.dataSync()[1]).toBe(0);
      const { classification, box } = boxLoss(predictions, targets, { lambda: 3 });
      expect(classification.dataSync()[0]).toBeCloseTo(mean(each.classification), 5);
      expect(box.dataSync()[0]).toBeCloseTo(3 * mean(each.box), 5);
    });
  });
});
