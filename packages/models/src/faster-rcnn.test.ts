import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng } from '@rcnn/geometry';
import { gradientsOf, trainable } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/faster-rcnn.json' with { type: 'json' };
import { type FasterRcnn } from './index.ts';
import { toStateDictLayout } from './state-dict.ts';
import { floats } from '@rcnn/tooling/testing/floats';
import { goldenDetector } from './testing/golden-detector.ts';
import { imageOf } from './testing/image.ts';
import { expectSummary } from './testing/summary.ts';

const images = golden.images.map(([width, height, seed]) => imageOf(width, height, seed));
const objects = golden.objects.map(({ boxes, labels }) => ({ boxes: asBoxes(boxes.flat()), labels: Int32Array.from(labels) }));
const greatest = (values: Float32Array, expected: Float32Array) => expected.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i])), 0);

describe.each(await availableEngines())('on %s', (engine) => {
  const detectors = golden.detectors.filter(({ name }) => engine !== 'cpu' || name === 'mobilenet_v2');

  describe.each(detectors)('Faster R-CNN with $name and a feature pyramid', (each) => {
    let model: FasterRcnn;
    let report: ReturnType<typeof goldenDetector>['report'];

    beforeAll(async () => {
      await prepareEngine({ engine });
      ({ model, report } = goldenDetector(each));
    });

    afterAll(() => model.dispose());

    it("has torchvision's parameters, every one and no other", () => {
      expect([report.missing, report.unused]).toEqual([[], []]);
      expect(report.loaded.length).toBe(each.tensors.length);
    });

    it("finds torchvision's detections, boxes to a hundredth of a pixel and scores to 1e-4", async () => {
      const before = tf.memory();
      const parts: string[] = [];
      const found = await model.detect(images, undefined, { onPart: (part) => parts.push(part) });
      expect(parts).toEqual(['features', 'proposals', 'boxes']);
      expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
      found.forEach(({ boxes, labels, scores }, image) => {
        const expected = each.detections[image];
        expect([...labels]).toEqual(expected.labels);
        expect(greatest(boxes, floats(expected.boxes))).toBeLessThan(1e-2);
        expect(greatest(scores, floats(expected.scores))).toBeLessThan(1e-4);
      });
    });

    it("has torchvision's losses to 1e-4 and gradients to 1e-3", () => {
      // On cpu a backbone learns too slowly for a test.
      const learnt = trainable(model.parameters, engine === 'cpu' ? ['backbone.body.'] : []);
      const { losses, gradients } = gradientsOf(learnt, () => model.losses(images, objects, createRng(0)));
      for (const [name, loss] of Object.entries(each.losses)) {
        expect(Math.abs(losses[name as keyof typeof losses] / loss - 1), `${name}: ${losses[name as keyof typeof losses]}, expected ${loss}`).toBeLessThan(1e-4);
      }
      for (const { name, layout } of model.parameters) {
        const expected = (each.gradients as unknown as Record<string, Parameters<typeof expectSummary>[1] | undefined>)[name];
        const gradient = gradients.get(name);
        if (expected === undefined || gradient === undefined) continue;
        expectSummary(toStateDictLayout({ shape: gradient.shape, data: gradient.dataSync<'float32'>() }, layout), expected, 1e-3, name);
      }
      expect(learnt.filter(({ name }) => name in each.gradients && !gradients.has(name))).toEqual([]);
      tf.dispose([...gradients.values()]);
    });
  });
});
