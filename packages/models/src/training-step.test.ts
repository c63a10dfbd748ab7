import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng, emptyBoxes, type RgbImage } from '@rcnn/geometry';
import { sgd, trainable, type NormKind } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fasterRcnn, smallFasterRcnn, trainingStep, type FasterRcnn, type FasterRcnnConfig } from './index.ts';
import { imageOf } from './testing/image.ts';

const standard = smallFasterRcnn(['a', 'b']);
// A backbone learns slowly on cpu: half the side there.
const side = () => (tf.getBackend() === 'cpu' ? 32 : 64);
const config = (norm: NormKind): FasterRcnnConfig => ({
  ...standard,
  image: { ...standard.image, minSize: side(), maxSize: side() },
  backbone: { ...standard.backbone, norm, width: 0.25 },
  fpn: { ...standard.fpn, channels: 8 },
  anchors: { ...standard.anchors, sizes: [[12, 16], [24, 32], [40, 48], [64, 80]] },
  rpn: { ...standard.rpn, samples: 64, train: { preNms: 100, postNms: 40 }, test: { preNms: 50, postNms: 20 } },
  box: { ...standard.box, resolution: 3, hidden: 32, samples: 32, canonicalSize: 32 },
});

/** Two bright rectangles on a dark ground. */
function scene(): RgbImage {
  const image = imageOf(64, 64, 3);
  const paint = (x1: number, y1: number, x2: number, y2: number, colour: readonly number[]) => {
    for (let y = y1; y < y2; y++) for (let x = x1; x < x2; x++) image.data.set(colour, 3 * (64 * y + x));
  };
  image.data.forEach((value, i) => (image.data[i] = value >> 2));
  paint(4, 8, 36, 32, [250, 40, 40]);
  paint(30, 36, 60, 62, [40, 250, 250]);
  return image;
}

const batch = { images: [scene()], objects: [{ boxes: asBoxes([4, 8, 36, 32, 30, 36, 60, 62]), labels: Int32Array.of(1, 2) }] };
const total = (losses: Readonly<Record<string, number>>) => Object.values(losses).reduce((sum, loss) => sum + loss, 0);

function train(norm: NormKind, steps: number, learningRate = 0.02): { losses: number[]; model: FasterRcnn } {
  const [model, rng] = [fasterRcnn(config(norm), createRng(1)), createRng(2)];
  const optimizer = sgd(trainable(model.parameters), { clipNorm: 5 });
  const losses = Array.from({ length: steps }, () => total(trainingStep(model, optimizer, batch, rng, learningRate).losses));
  optimizer.dispose();
  return { losses, model };
}

const engines = await availableEngines();

describe.each(engines)('on %s', (engine) => {
  const fast = engine !== 'cpu';

  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each(engine === 'wasm' ? (['folded', 'group', 'trained'] as const) : (['folded'] as const))('the losses fall on one image, %s norm', (norm) => {
    const [steps, share] = engine === 'wasm' ? [norm === 'trained' ? 12 : 20, norm === 'trained' ? 0.95 : 0.8] : [fast ? 6 : 3, 1];
    const { losses, model } = train(norm, steps);
    expect(Math.min(...losses.slice(-3))).toBeLessThan(share * losses[0]);
    model.dispose();
  });

  it('the same seed gives the same losses, bit for bit', () => {
    const runs = [0, 1].map(() => train('folded', engine === 'wasm' ? 4 : 1));
    expect(runs[1].losses).toEqual(runs[0].losses);
    runs.forEach(({ model }) => model.dispose());
  });

  it('a step leaves nothing behind', async () => {
    const model = fasterRcnn(config('trained'), createRng(1));
    const optimizer = sgd(trainable(model.parameters), { weightDecay: 1e-4, clipNorm: 1 });
    const rng = createRng(2);
    const step = async () => {
      trainingStep(model, optimizer, batch, rng, 0.001);
      await model.detect(batch.images);
      const { numTensors, numBytes, numDataBuffers } = tf.memory();
      return { numTensors, numBytes, numDataBuffers };
    };
    const first = await step();
    for (let i = 0; i < (engine === 'wasm' ? 3 : 1); i++) expect(await step()).toEqual(first);
    optimizer.dispose();
    model.dispose();
  });

  it('learns from an image without objects and from one of another extent', () => {
    const model = fasterRcnn(config('folded'), createRng(1));
    const optimizer = sgd(trainable(model.parameters));
    const mixed = { images: [imageOf(40, 64, 9), ...batch.images], objects: [{ boxes: emptyBoxes(0), labels: new Int32Array(0) }, ...batch.objects] };
    expect(Number.isFinite(total(trainingStep(model, optimizer, mixed, createRng(0), 0.001).losses))).toBe(true);
    const empty = { images: mixed.images.slice(0, 1), objects: mixed.objects.slice(0, 1) };
    const { losses } = trainingStep(model, optimizer, empty, createRng(0), 0.001);
    expect([losses.box, losses.rpnBox]).toEqual([0, 0]);
    optimizer.dispose();
    model.dispose();
  });

  it('a loss that is not a number stops the step and leaves every parameter and running statistic as it was', () => {
    const model = fasterRcnn(config('trained'), createRng(1));
    const optimizer = sgd(trainable(model.parameters));
    const bias = model.parameters.find(({ name }) => name === 'roi_heads.box_predictor.cls_score.bias');
    tf.tidy(() => bias?.variable.assign(tf.tensor1d([0, Infinity, 0])));
    const values = () => Buffer.concat(model.parameters.map(({ variable }) => new Uint8Array(variable.dataSync<'float32'>().slice().buffer)));
    const [before, memory] = [values(), tf.memory()];
    expect(() => trainingStep(model, optimizer, batch, createRng(0), 0.01)).toThrow(/training: the classification loss is (NaN|Infinity); a lower learning rate may help/);
    expect(values().equals(before)).toBe(true);
    expect(tf.memory()).toMatchObject({ numTensors: memory.numTensors, numBytes: memory.numBytes });
    optimizer.dispose();
    model.dispose();
  });

  it('parameters that have run away stop the step with the same advice, and nothing is left of it', () => {
    const model = fasterRcnn(config('folded'), createRng(1));
    const optimizer = sgd(trainable(model.parameters));
    const bias = model.parameters.find(({ name }) => name === 'rpn.head.bbox_pred.bias');
    tf.tidy(() => bias?.variable.assign(tf.fill(bias.variable.shape, NaN)));
    const { numTensors, numBytes } = tf.memory();
    expect(() => trainingStep(model, optimizer, batch, createRng(0), 0.01)).toThrow('training: the predictions of the region proposal network are not finite; a lower learning rate may help');
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
    optimizer.dispose();
    model.dispose();
  });
});
