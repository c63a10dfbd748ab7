import * as tf from '@tensorflow/tfjs-core';
import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, concatBoxes, createRng, takeBoxes } from '@rcnn/geometry';
import { gradientsOf, trainable } from '@rcnn/nn';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadStateDict, rcnn, smallRcnn, smallSppnet, sppnet, stateDict, type RcnnConfig, type RegionDetector, type SppnetConfig } from '../index.ts';
import { imageOf } from '../testing/image.ts';

const image = imageOf(96, 72, 1);
const boxes = asBoxes([10, 10, 50, 60, 0, 0, 96, 72, 30, 5, 70, 40, 60, 30, 95, 71, 5, 40, 45, 70]);
const objects = { boxes: takeBoxes(boxes, [0]), labels: Int32Array.of(2), proposals: boxes };
const regions = { nmsThreshold: 1, train: 10, test: 10 };
const finetuning = { foreground: 0.5, background: [0, 0.5], positives: 1, negatives: 2 } as const;
const test = { batch: 2, preNms: 10, perImage: 2, nmsThreshold: 0.3 };

function tinyRcnn(changes: Partial<RcnnConfig> = {}): RegionDetector {
  const small = smallRcnn(['a', 'b']);
  return rcnn({ ...small, backbone: { ...small.backbone, width: 0.05, hidden: [6, 5] }, regions, finetuning, test, ...changes }, createRng(1));
}

function tinySppnet(changes: Partial<SppnetConfig> = {}): RegionDetector {
  const small = smallSppnet(['a', 'b']);
  return sppnet({ ...small, backbone: { ...small.backbone, width: 0.05, hidden: [6, 5] }, scales: [96], regions, finetuning, test, ...changes }, createRng(1));
}

/** SVMs and regressors of any numbers, loaded into the model. */
function learn(model: RegionDetector): void {
  const rng = createRng(3);
  const state = [...stateDict(model.parameters)].filter(([name]) => /^(svms|regressors)\./.test(name));
  loadStateDict(model.parameters, new Map(state.map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data as Float32Array, () => 0.2 * rng.normal()) }])));
  loadStateDict(model.parameters, new Map([['svms.threshold', { shape: [2], data: Float32Array.of(-100, -100) }]]));
}

const near = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void => {
  expect(actual).toHaveLength(expected.length);
  Array.from(actual).forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected[i]))));
};

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  describe.each([['R-CNN', tinyRcnn], ['SPPnet', tinySppnet]] as const)('%s', (name, create) => {
    it('gives a region the same features alone, in a batch, and beside another like it', async () => {
      const model = create();
      const length = model.dimensions.pool5;
      const together = await model.pool5(image, concatBoxes([boxes, boxes]));
      for (const i of [0, 3]) {
        const alone = await model.pool5(image, takeBoxes(boxes, [i]));
        near(together.subarray(i * length, (i + 1) * length), alone);
        near(together.subarray((i + 5) * length, (i + 6) * length), alone);
      }
      expect(together.some((value) => value > 0)).toBe(true);
      model.dispose();
    });

    it('scores regions as its SVMs and box regressors do on the features that it gives', async () => {
      const model = create();
      learn(model);
      const pool5 = await model.pool5(image, boxes);
      const fc7 = await model.features(pool5, 'fc7');
      const state = stateDict(model.parameters);
      const of = (key: string): Float32Array => state.get(key)?.data as Float32Array;
      const scores = [...boxes.subarray(0, boxes.length / 4)].map((_, r) =>
        of('svms.bias').map((bias, k) => 1 / (1 + Math.exp(-(bias + fc7.subarray(5 * r, 5 * r + 5).reduce((sum, x, d) => sum + x * of('svms.weight')[5 * k + d], 0))))),
      );
      const parts: string[] = [];
      const [found] = await model.detect([image], [boxes], { onPart: (part) => parts.push(part) });
      expect(parts).toEqual(name === 'SPPnet' ? ['features', 'boxes'] : ['boxes']);
      const best = Math.max(...scores.flatMap((each) => [...each]));
      expect(found.scores[0]).toBeCloseTo(best, 5);
      const region = scores.findIndex((each) => [...each].some((score) => Math.abs(score - best) < 1e-6));
      const label = found.labels[0];
      const length = model.dimensions.pool5;
      const [dx] = [0].map((m) => of('regressors.bias')[4 * (label - 1) + m] + pool5.subarray(region * length, (region + 1) * length).reduce((sum, x, d) => sum + x * of('regressors.weight')[(4 * (label - 1) + m) * length + d], 0));
      const [x1, , x2] = boxes.subarray(4 * region, 4 * region + 4);
      const [dw] = [2].map((m) => of('regressors.bias')[4 * (label - 1) + m] + pool5.subarray(region * length, (region + 1) * length).reduce((sum, x, d) => sum + x * of('regressors.weight')[(4 * (label - 1) + m) * length + d], 0));
      const left = (x1 + x2) / 2 + (x2 - x1) * dx - ((x2 - x1) * Math.exp(dw)) / 2;
      expect(found.boxes[0]).toBeCloseTo(Math.min(Math.max(left, 0), image.width), 2);
      model.dispose();
    });

    it('detects by the softmax classifier, without moving boxes, where it is told to', async () => {
      const model = create({ classifier: 'softmax', regression: null });
      const probabilities = await model.probabilities(await model.pool5(image, boxes));
      const [found] = await model.detect([image], [boxes]);
      near([found.scores[0]], [Math.max(...probabilities.filter((_, i) => i % 3 > 0))]);
      const proposed = new Set(Array.from({ length: 5 }, (_, i) => boxes.subarray(4 * i, 4 * i + 4).join()));
      for (let i = 0; i < found.labels.length; i++) expect(proposed).toContain(found.boxes.subarray(4 * i, 4 * i + 4).join());
      model.dispose();
    });

    it(`fine-tunes ${name === 'R-CNN' ? 'the whole network' : 'the fully connected layers alone'}`, () => {
      const model = create();
      const learning = trainable(model.parameters, model.config.backbone.frozen);
      const { gradients, losses } = gradientsOf(learning, () => model.losses([image], [objects], createRng(2)));
      expect(losses.classification).toBeGreaterThan(0);
      const reached = [...gradients].filter(([, gradient]) => gradient.dataSync().some((value) => value !== 0)).map(([key]) => key);
      tf.dispose([...gradients.values()]);
      expect(reached.some((key) => key.startsWith('backbone.features.0.'))).toBe(name === 'R-CNN');
      for (const key of ['backbone.fc6.weight', 'backbone.fc7.weight', 'cls_score.weight']) expect(reached).toContain(key);
      model.dispose();
    });

    it('leaves no tensor behind', async () => {
      const model = create();
      const { numTensors } = tf.memory();
      await model.detect([image], [boxes]);
      await model.features(await model.pool5(image, boxes), 'fc6');
      tf.dispose(model.losses([image], [objects], createRng(2)));
      expect(tf.memory().numTensors).toBe(numTensors);
      model.dispose();
    });

    it('finds nothing where nothing is proposed, and says so where no proposals are given', async () => {
      const model = create();
      const [{ labels }] = await model.detect([image], [asBoxes([])]);
      expect(labels).toHaveLength(0);
      await expect(model.detect([image])).rejects.toThrow('expected proposals for 1 images, got them for none');
      await expect(model.detect([image, image], [boxes])).rejects.toThrow('expected proposals for 2 images, got them for 1');
      model.dispose();
    });
  });

  it('SPPnet pools each region from the scale nearest to its size: as with that scale alone', async () => {
    const [both, small, large] = [[64, 200], [64], [200]].map((scales) => tinySppnet({ scales }));
    const length = both.dimensions.pool5;
    const features = await Promise.all([both, small, large].map((model) => model.pool5(image, boxes)));
    const equal = (a: Float32Array, b: Float32Array, i: number): boolean =>
      a.subarray(i * length, (i + 1) * length).every((value, d) => Math.abs(value - b[i * length + d]) < 1e-4);
    // The whole image is wanted at 188 px of 83 · 64 / 72, the region of 40 × 35 at far more.
    const chosen = [0, 1, 2, 3, 4].map((i) => [equal(features[0], features[1], i), equal(features[0], features[2], i)]);
    expect(chosen.every(([atSmall, atLarge]) => atSmall !== atLarge)).toBe(true);
    expect(chosen.some(([, atLarge]) => atLarge)).toBe(true);
    [both, small, large].forEach((model) => model.dispose());
  });

  it('SPPnet’s fc6 reads pooled features times the scale that is loaded, its SVMs on pool5 do not', async () => {
    const model = tinySppnet();
    const load = (scale: number) => loadStateDict(model.parameters, new Map([['spp.scale', { shape: [1], data: Float32Array.of(scale) }]]));
    const pool5 = await model.pool5(image, boxes);
    load(0.5);
    const halved = await model.features(pool5, 'fc6');
    load(1);
    near(halved, await model.features(pool5.map((value) => value / 2), 'fc6'));
    expect(await model.pool5(image, boxes)).toEqual(pool5);
    model.dispose();
    const plain = tinySppnet({ fc6Norm: null });
    expect(plain.parameters.map((each) => each.name)).not.toContain('spp.scale');
    plain.dispose();
  });

  it('R-CNN says which pooled extent its crops have where the configuration has another', async () => {
    const model = tinyRcnn({ crop: { size: 115, padding: 8, mode: 'warp' } });
    await expect(model.pool5(image, boxes)).rejects.toThrow('rcnn: expected crops that are pooled to 2×2, got 3×3 of 115 pixels');
    model.dispose();
  });
});
