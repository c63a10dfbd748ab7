import { asBoxes, createRng, pasteMask, type RgbImage } from '@rcnn/geometry';
import { gradientsOf, trainable, type Parameter } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { floats } from '@rcnn/tooling/testing/floats';
import golden from '../fixtures/mask-rcnn.json' with { type: 'json' };
import type { Detector, MaskRcnnLoss, Objects, SoftDetections } from '../index.ts';
import { toStateDictLayout } from '../state-dict.ts';
import { imageOf } from './image.ts';
import { stripes } from './stripes.ts';
import { expectSummary } from './summary.ts';

type Summary = Parameters<typeof expectSummary>[1];

/** What tooling/golden/models_masks.py writes of a detector. */
export interface GoldenMasks {
  readonly detections: readonly { readonly boxes: string; readonly labels: readonly number[]; readonly scores: string; readonly masks: readonly Summary[] }[];
  readonly losses: Readonly<Record<string, number>>;
  readonly gradients: Readonly<Record<string, Summary>>;
}

/** The script's images. */
export const goldenImages: readonly RgbImage[] = golden.images.map(([width, height, seed]) => imageOf(width, height, seed));
/** The objects in them, with masks. */
export const goldenObjects: readonly (Objects & Required<Pick<Objects, 'masks'>>)[] = golden.objects.map(({ boxes, labels }, i) => {
  const { width, height } = goldenImages[i];
  return { boxes: asBoxes(boxes.flat()), labels: Int32Array.from(labels), masks: stripes(asBoxes(boxes.flat()), width, height) };
});

/** Boxes, labels, scores, and pasted masks to 1e-3 a pixel. */
export function expectGoldenDetections(found: readonly SoftDetections[], { detections }: GoldenMasks): void {
  found.forEach(({ boxes, labels, scores, probabilities }, image) => {
    const expected = detections[image];
    const { width, height } = goldenImages[image];
    expect([...labels]).toEqual(expected.labels);
    expect(greatest(boxes, floats(expected.boxes))).toBeLessThan(1e-2);
    expect(greatest(scores, floats(expected.scores))).toBeLessThan(1e-4);
    const pixels = probabilities.length / labels.length;
    expected.masks.forEach((mask, i) => {
      const data = pasteMask(probabilities.subarray(pixels * i, pixels * (i + 1)), boxes.subarray(4 * i, 4 * i + 4), height, width);
      expectSummary({ shape: [height, width], data }, mask, 3e-3);
    });
  });
}

/** Losses to 1e-4, and those gradients that are written down to 1e-3 of their size. */
export function expectGoldenLearning(model: Detector<MaskRcnnLoss>, expected: GoldenMasks): void {
  const { losses, gradients } = gradientsOf(trainable(model.parameters), () => model.losses(goldenImages, goldenObjects, createRng(0)));
  for (const [name, loss] of Object.entries(expected.losses)) {
    expect(Math.abs(losses[name as MaskRcnnLoss] / loss - 1), name).toBeLessThan(1e-4);
  }
  const layouts = new Map<string, Parameter['layout']>(model.parameters.map(({ name, layout }) => [name, layout]));
  for (const [name, summary] of Object.entries(expected.gradients)) {
    const [gradient, layout] = [gradients.get(name), layouts.get(name)];
    if (gradient === undefined || layout === undefined) throw new Error(`no gradient of ${name}`);
    expectSummary(toStateDictLayout({ shape: gradient.shape, data: gradient.dataSync<'float32'>() }, layout), summary, 1e-3, name);
  }
  tf.dispose([...gradients.values()]);
}

const greatest = (values: Float32Array, expected: Float32Array): number => expected.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i])), 0);
