import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxDeltas, asBoxes, boxCount, createRng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { caffeAnchorsAtOrigin, exactAnchorsAtOrigin, propose, pyramidAnchors, rpnHead, rpnLoss, rpnTargets } from './index.ts';

const shapes = { sizes: [128, 256, 512], ratios: [0.5, 1, 2] };

describe('anchors of other codes', () => {
  it("are Faster R-CNN's own nine, whose last pixels are a pixel less", () => {
    const inclusive = [...caffeAnchorsAtOrigin(shapes)].map((value, i) => (i % 4 < 2 ? value : value - 1));
    expect(inclusive).toEqual([
      -84, -40, 99, 55, -176, -88, 191, 103, -360, -184, 375, 199, -56, -56, 71, 71, -120, -120, 135, 135, -248, -248, 263, 263,
      -36, -80, 51, 95, -80, -168, 95, 183, -168, -344, 183, 359,
    ]);
  });

  it("are Detectron2's: unrounded, size by size", () => {
    const anchors = exactAnchorsAtOrigin({ sizes: [32, 64], ratios: [0.25, 1, 4] });
    expect([...anchors]).toEqual([-32, -8, 32, 8, -16, -16, 16, 16, -8, -32, 8, 32, -64, -16, 64, 16, -32, -32, 32, 32, -16, -64, 16, 64]);
  });
});

describe('proposals of the ablations', () => {
  const anchors = pyramidAnchors([{ sizes: [16], ratios: [1] }], [{ width: 4, height: 4 }], { width: 64, height: 64 });
  const count = boxCount(anchors.boxes);
  const objectness = noise([count], 1);
  const deltas = asBoxDeltas(noise([count, 4], 2));
  const size = { width: 64, height: 64 };

  it('without "reg" are anchors, clipped', () => {
    const { boxes } = propose(objectness, deltas, anchors, size, { regression: false, nmsThreshold: 1 });
    const rows = new Set(Array.from({ length: count }, (_, i) => [...anchors.boxes.subarray(4 * i, 4 * i + 4)].map((side) => Math.min(64, Math.max(0, side))).join()));
    for (let i = 0; i < boxes.length; i += 4) expect(rows.has(boxes.subarray(i, i + 4).join())).toBe(true);
  });

  it('without suppression are as many as anchors kept; without "cls" others than the best, the same for the same seed', () => {
    const options = { preNms: 5, nmsThreshold: 1, minSize: 0 };
    const best = propose(objectness, deltas, anchors, size, options);
    expect(best.scores.length).toBe(5);
    const any = (seed: number) => propose(objectness, deltas, anchors, size, { ...options, ranking: 'random', rng: createRng(seed) });
    expect([...any(1).boxes]).toEqual([...any(1).boxes]);
    expect([...any(1).boxes]).not.toEqual([...best.boxes]);
  });
});

describe('targets', () => {
  it('leave out anchors that reach over the edge, and take the best of the others for an object', () => {
    const image = { width: 32, height: 32 };
    const anchors = asBoxes([-8, -8, 8, 8, 0, 0, 16, 16, 16, 16, 32, 32, 20, 20, 36, 36]);
    const objects = asBoxes([-6, -6, 9, 9]);
    const all = rpnTargets(objects, anchors, createRng(0));
    const inside = rpnTargets(objects, anchors, createRng(0), { boundary: { image, pixels: 0 } });
    expect([...all.labels]).toEqual([1, 0, 0, 0]);
    expect([...inside.labels]).toEqual([0, 1, 0, 0]);
    expect([...inside.sampled]).toEqual([0, 1, 1, 0]);
  });
});

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it("the softmax's two logits give the sigmoid's objectness: their difference", () => {
    const parameters = createParameters(createRng(1));
    const head = rpnHead(parameters, { channels: 3, hidden: 5, anchors: 2, form: 'softmax' });
    tf.tidy(() => {
      const map = noiseTensor<tf.Tensor4D>([1, 2, 3, 3], 1);
      const { objectness } = head([map]);
      const named = new Map(parameters.all().map(({ name, variable }) => [name, variable]));
      expect(named.get('cls_logits.weight')?.shape).toEqual([1, 1, 5, 4]);
      const hidden = tf.relu(tf.conv2d(map, named.get('conv.0.0.weight') as tf.Tensor4D, 1, 'same')); // biases are 0
      const logits = tf.conv2d(hidden, named.get('cls_logits.weight') as tf.Tensor4D, 1, 'same').dataSync();
      const answered = objectness.dataSync();
      for (let cell = 0; cell < 6; cell++) {
        for (const anchor of [0, 1]) expect(answered[2 * cell + anchor]).toBeCloseTo(logits[4 * cell + 2 + anchor] - logits[4 * cell + anchor], 5);
      }
    });
    parameters.dispose();
  });

  it('the losses are divided by the sample, the whole batch or the cells, and λ counts the boxes', () => {
    tf.tidy(() => {
      const predictions = { objectness: noiseTensor<tf.Tensor2D>([1, 6], 1), deltas: noiseTensor<tf.Tensor3D>([1, 6, 4], 2) };
      const target = {
        labels: Float32Array.of(1, 0, 0, 0, 0, 0), sampled: Float32Array.of(1, 1, 1, 0, 0, 0), deltas: new Float32Array(24),
        regressed: Float32Array.from({ length: 24 }, (_, i) => Number(i < 4)), count: 3,
      };
      const of = (options: Parameters<typeof rpnLoss>[2]): number[] => Object.values<tf.Scalar>({ ...rpnLoss(predictions, [target], options) }).map((loss) => loss.dataSync()[0]);
      const [classes, boxes] = of({});
      const near = (values: number[], expected: number[]): void => values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
      near(of({ normalization: 'batch', samples: 12 }), [classes / 4, boxes / 4]);
      near(of({ normalization: 'locations', locations: 30, lambda: 10 }), [classes, boxes]);
      near(of({ lambda: 2 }), [classes, 2 * boxes]);
    });
  });
});
