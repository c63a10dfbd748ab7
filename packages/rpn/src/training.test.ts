import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, boxCount, createRng, emptyBoxes } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/torchvision.json' with { type: 'json' };
import { pyramidAnchors, rpnHead, rpnLoss, rpnTargets, type RpnPredictions } from './index.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';

const sizeOf = ([height, width]: readonly number[]) => ({ width, height });
const { levels, maps, input, training } = golden;
const anchors = pyramidAnchors(levels.sizes.map((each) => ({ sizes: each, ratios: levels.ratios })), maps.map(sizeOf), sizeOf(input)).boxes;
const count = boxCount(anchors);
const everyAnchor = training.groundTruth.map((boxes) => rpnTargets(asBoxes(boxes), anchors, createRng(0), { count: 1e5 }));
const where = (values: Float32Array, wanted: number) => [...values.keys()].filter((i) => values[i] === wanted);

describe('the targets of anchors', () => {
  it('equal those of torchvision, where every anchor is in the sample', () => {
    everyAnchor.forEach((targets, image) => {
      const positives = training.positives[image];
      expect(where(targets.labels, 1)).toEqual(positives);
      expect(where(targets.sampled, 0)).toEqual(training.ignored[image]);
      expect(targets.count).toBe(count - training.ignored[image].length);
      expectNear(positives.flatMap((anchor) => [...targets.deltas.subarray(4 * anchor, 4 * anchor + 4)]), floats(training.deltas[image]));
      expect(where(targets.regressed, 1)).toEqual(positives.flatMap((anchor) => [4 * anchor, 4 * anchor + 1, 4 * anchor + 2, 4 * anchor + 3]));
    });
  });

  it('are of a balanced sample, the same for the same seed', () => {
    const sample = (seed: number) => rpnTargets(asBoxes(training.groundTruth[0]), anchors, createRng(seed), { count: 10, positiveFraction: 0.4 });
    const targets = sample(1);
    expect(targets.count).toBe(10);
    expect([where(targets.sampled, 1).length, where(targets.labels, 1).length]).toEqual([10, 4]);
    expect(where(targets.labels, 1).every((anchor) => training.positives[0].includes(anchor))).toBe(true);
    expect(sample(1)).toEqual(targets);
    expect(where(sample(2).sampled, 1)).not.toEqual(where(targets.sampled, 1));
  });

  it('are all background in an image without objects', () => {
    const targets = rpnTargets(emptyBoxes(0), anchors, createRng(0));
    expect([targets.count, where(targets.labels, 1).length, where(targets.regressed, 1).length]).toEqual([256, 0, 0]);
  });
});

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it("the losses equal torchvision's, values and gradients", () => {
    tf.tidy(() => {
      const inputs = [noiseTensor([2, count], 3, 6), noiseTensor([2, count, 4], 4, 2)];
      const losses = (objectness: tf.Tensor, deltas: tf.Tensor) => rpnLoss({ objectness, deltas } as RpnPredictions, everyAnchor);
      const { objectness, box } = losses(inputs[0], inputs[1]);
      expectNear([objectness.dataSync()[0], box.dataSync()[0]], training.losses, 1e-5);
      const [dObjectness, dDeltas] = tf.grads((...logits: tf.Tensor[]) => tf.addN(Object.values<tf.Scalar>({ ...losses(logits[0], logits[1]) })))(inputs);
      expectNear(dObjectness.dataSync().filter((_, i) => i % 7 === 0), floats(training.dObjectness), 1e-7);
      const regressed = dDeltas.dataSync<'float32'>();
      const rows = training.positives.flatMap((positives, image) => positives.map((anchor) => image * count + anchor));
      expectNear(rows.flatMap((row) => [...regressed.subarray(4 * row, 4 * row + 4)]), floats(training.dDeltas), 1e-7);
      expect(Math.hypot(...regressed)).toBeCloseTo(training.dDeltasNorm, 6);
    });
  });

  it('the losses are finite and of no boxes in a batch without objects', () => {
    tf.tidy(() => {
      const { objectness, box } = rpnLoss({ objectness: noiseTensor([1, count], 3), deltas: noiseTensor([1, count, 4], 4) }, [rpnTargets(emptyBoxes(0), anchors, createRng(0))]);
      expect(objectness.dataSync()[0]).toBeGreaterThan(0);
      expect(box.dataSync()[0]).toBe(0);
    });
  });

  it("the head has torchvision's parameters and order of anchors", () => {
    const parameters = createParameters(createRng(0));
    const head = rpnHead(parameters, { channels: 4, anchors: 6 });
    expect(parameters.all().map(({ name }) => name)).toEqual(Object.keys(golden.head.parameters));
    tf.tidy(() => {
      Object.values(golden.head.parameters).forEach((shape, i) => {
        const values = tf.tensor(noise(shape, 20 + i), shape);
        parameters.all()[i].variable.assign(shape.length === 4 ? tf.transpose(values, [2, 3, 1, 0]) : values);
      });
      const before = tf.memory().numTensors;
      const { objectness, deltas } = head(maps.map(([height, width], i) => noiseTensor([2, height, width, 4], 30 + i)));
      expect(tf.memory().numTensors).toBe(before + 4);
      expect([objectness.shape, deltas.shape]).toEqual([[2, count], [2, count, 4]]);
      expectNear(objectness.dataSync().filter((_, i) => i % 13 === 0), floats(golden.head.objectness));
      expectNear(deltas.dataSync().filter((_, i) => Math.floor(i / 4) % 13 === 0), floats(golden.head.deltas));
    });
    parameters.dispose();
  });
});
