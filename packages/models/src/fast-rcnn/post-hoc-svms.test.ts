import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng, type Boxes } from '@rcnn/geometry';
import { postprocess, svmScores, type LinearSvm } from '@rcnn/heads';
import type { StateDict } from '@rcnn/weights';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fastRcnn, loadStateDict, smallFastRcnn, stateDict, type FastRcnn, type FastRcnnConfig } from '../index.ts';
import { imageOf } from '../testing/image.ts';

const classes = ['a', 'b'];
const image = imageOf(64, 64, 3);
const regions = asBoxes([5, 8, 37, 33, 29, 35, 61, 61, 0, 0, 20, 20, 40, 4, 60, 30, 2, 30, 30, 60]);

function tiny(classifier: FastRcnnConfig['classifier'], test: readonly number[] = []): FastRcnnConfig {
  const small = smallFastRcnn(classes);
  if (small.regions.kind !== 'layers') throw new Error('expected layers');
  return {
    ...small, classifier, image: { ...small.image, minSize: 64, maxSize: 96 }, scales: { train: [], test }, backbone: { ...small.backbone, width: 0.25 },
    fpn: { channels: 8, norm: 'none' }, regions: { ...small.regions, hidden: [16, 12] },
  };
}

/** Two classifiers of 12 features, and a threshold each: numbers like any others. */
const rng = createRng(4);
const svms: LinearSvm[] = classes.map(() => ({ weights: Float32Array.from({ length: 12 }, () => rng.uniform() - 0.5), bias: rng.uniform() - 0.5 }));
const learnt = (thresholds: readonly number[]): StateDict =>
  new Map([
    ['svms.weight', { shape: [2, 12], data: Float32Array.from(svms.flatMap(({ weights }) => [...weights])) }],
    ['svms.bias', { shape: [2], data: Float32Array.from(svms, ({ bias }) => bias) }],
    ['svms.threshold', { shape: [2], data: Float32Array.from(thresholds) }],
  ]);

describe.each((await availableEngines()).filter((engine) => engine !== 'cpu'))('on %s', (engine) => {
  let softmax: FastRcnn;
  let svm: FastRcnn;
  beforeAll(async () => {
    await prepareEngine({ engine });
    softmax = fastRcnn(tiny('softmax'), createRng(1));
    svm = fastRcnn(tiny('svm'), createRng(2));
    loadStateDict(svm.parameters, stateDict(softmax.parameters));
  });
  afterAll(() => {
    softmax.dispose();
    svm.dispose();
  });
  const margins = async (boxes: Boxes = regions): Promise<Float32Array> => svmScores(svms, await softmax.features(image, boxes));

  it('the parameters are those of the softmax, and the SVMs', () => {
    const names = (model: FastRcnn): string[] => model.parameters.map(({ name }) => name);
    expect(names(svm).filter((name) => !names(softmax).includes(name))).toEqual(['svms.weight', 'svms.bias', 'svms.threshold']);
    expect(svm.parameters.filter(({ name }) => name.startsWith('svms.')).every(({ buffer }) => buffer)).toBe(true);
  });

  it('features of regions are as many as the layer is wide, in the regions\' order whatever their level and scale', async () => {
    const all = await softmax.features(image, regions);
    expect(all).toHaveLength(5 * softmax.width);
    for (let i = 0; i < 5; i++) {
      const alone = await softmax.features(image, regions.slice(4 * i, 4 * i + 4) as Boxes);
      alone.forEach((value, d) => expect(all[i * 12 + d]).toBeCloseTo(value, 4));
    }
    expect(new Set(all).size).toBeGreaterThan(20);
    const pyramid = fastRcnn(tiny('softmax', [64, 64]), createRng(1));
    (await pyramid.features(image, regions)).forEach((value, i) => expect(value).toBeCloseTo(all[i], 4));
    pyramid.dispose();
  });

  it('detections are those of the SVMs\' scores through the logistic function, the boxes those of the network', async () => {
    const before = tf.memory().numTensors;
    loadStateDict(svm.parameters, learnt([-9, -9]));
    const [found] = await svm.detect([image], [regions]);
    // Literally: scores from the features, and the boxes that the softmax detector would give the regions.
    const scores = await margins();
    const probabilities = Float32Array.from({ length: 15 }, (_, i) => (i % 3 === 0 ? 0 : 1 / (1 + Math.exp(-scores[Math.floor(i / 3) * 2 + (i % 3) - 1]))));
    const deltas = await deltasOf();
    const expected = postprocess(probabilities, deltas, regions, image, { ...svm.config.box, weights: [10, 10, 5, 5], scoreThreshold: 0 });
    expect(expected.scores.length).toBeGreaterThan(2);
    expect([...found.labels]).toEqual([...expected.labels]);
    found.scores.forEach((score, i) => expect(score).toBeCloseTo(expected.scores[i], 4));
    found.boxes.forEach((side, i) => expect(side).toBeCloseTo(expected.boxes[i], 2));
    const [soft] = await softmax.detect([image], [regions]);
    expect([...soft.scores]).not.toEqual([...found.scores]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('a class\'s threshold is its own, and leaves out what does not exceed it', async () => {
    const scores = await margins();
    const ofA = [...scores].filter((_, i) => i % 2 === 0).sort((a, b) => b - a);
    loadStateDict(svm.parameters, learnt([(ofA[0] + ofA[1]) / 2, 9]));
    const [found] = await svm.detect([image], [regions]);
    expect([...found.labels]).toEqual([1]);
    expect(found.scores[0]).toBeCloseTo(1 / (1 + Math.exp(-ofA[0])), 4);
  });

  it('SVMs that are not loaded find nothing, and an image without regions has nothing in it', async () => {
    loadStateDict(svm.parameters, new Map([...learnt([0, 0])].map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data.length) }])));
    expect((await svm.detect([image], [regions]))[0].labels).toHaveLength(0);
    expect(await svm.features(image, asBoxes([]))).toHaveLength(0);
  });

  /** What the box regressors say of each region, from the features and the parameters of the layer. */
  async function deltasOf(): Promise<Float32Array> {
    const rows = await softmax.features(image, regions);
    const state = stateDict(softmax.parameters);
    const [weight, bias] = ['weight', 'bias'].map((name) => state.get(`roi_heads.box_predictor.bbox_pred.${name}`)?.data as Float32Array);
    return Float32Array.from({ length: 60 }, (_, i) => {
      const [region, output] = [Math.floor(i / 12), i % 12];
      return rows.subarray(region * 12, region * 12 + 12).reduce((sum, x, d) => sum + x * weight[output * 12 + d], bias[output]);
    });
  }
});
