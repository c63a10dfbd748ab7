import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, clipBoxes, createRng, decodeBoxes, takeBoxes, type BoxDeltas, type Boxes } from '@rcnn/geometry';
import { postprocess, pyramidLevels } from '@rcnn/heads';
import { createParameters, gradientsOf, sgd, trainable } from '@rcnn/nn';
import { roiAlign } from '@rcnn/roi-ops';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cascadeRcnn, loadStateDict, smallCascadeRcnn, stateDict, trainingStep, type CascadeRcnn, type CascadeRcnnConfig } from '../index.ts';
import { pyramidTrunk } from '../pyramid-trunk.ts';
import { imageOf } from '../testing/image.ts';

const image = imageOf(64, 64, 3);
const boxes = asBoxes([4, 8, 36, 32, 30, 36, 60, 62]);
const batch = { images: [image], objects: [{ boxes, labels: Int32Array.of(1, 2) }] };

function config(change: Partial<CascadeRcnnConfig['box']> = {}): CascadeRcnnConfig {
  const small = smallCascadeRcnn(['a', 'b'], { minSize: 64, maxSize: 64 });
  return {
    ...small,
    backbone: { ...small.backbone, width: 0.25 },
    fpn: { ...small.fpn, channels: 8 },
    rpn: { ...small.rpn, samples: 32, train: { preNms: 80, postNms: 40 }, test: { preNms: 60, postNms: 20 } },
    box: { ...small.box, resolution: 3, hidden: 16, samples: 32, scoreThreshold: 0.01, ...change },
  };
}

/** Weights so large that every stage moves boxes and tells classes apart. */
function loud(model: CascadeRcnn): CascadeRcnn {
  for (const { name, variable } of model.parameters) {
    if (name.startsWith('roi_heads.box_predictor.')) variable.assign(tf.randomNormal(variable.shape, 0, 0.5, 'float32', name.length));
  }
  return model;
}

/** What the paper says, region by region: each stage scores and moves it, scores are averaged, the last box stays. */
function literalDetect(model: CascadeRcnn): ReturnType<typeof postprocess> {
  const { config: { stages, box, classes }, parameters } = model;
  const root = createParameters(createRng(0));
  const trunk = pyramidTrunk(root, model.config);
  loadStateDict(root.all(), stateDict(parameters));
  const { pyramid, coarsest, predictions, sizes: [size] } = trunk.features([image], { training: false });
  const of = (name: string): tf.Tensor2D => parameters.find((each) => each.name === `roi_heads.${name}`)?.variable as unknown as tf.Tensor2D;
  const proposals = literalProposals;
  const all: number[] = [];
  const [last, deltas]: [number[], number[]] = [[], []];
  for (let i = 0; i < proposals.length / 4; i++) {
    let region: Boxes = takeBoxes(proposals, [i]);
    const mean = new Float32Array(classes.length + 1);
    stages.forEach(({ weights }, stage) => {
      const said = tf.tidy(() => {
        const [level] = pyramidLevels(region, { levels: 3, finest: 3, canonicalSize: box.canonicalSize, canonicalLevel: box.canonicalLevel });
        const pooled = roiAlign(pyramid[level], region, Int32Array.of(0), { outputSize: box.resolution, spatialScale: 1 / 2 ** (3 + level), samplingRatio: box.samplingRatio, aligned: box.aligned });
        const layer = (x: tf.Tensor2D, name: string): tf.Tensor2D => tf.add(tf.matMul(x, of(`${name}.weight`)), of(`${name}.bias`));
        const fc6 = tf.relu(layer(tf.reshape(pooled, [1, -1]), `box_head.${stage}.fc6`));
        const fc7 = tf.relu(layer(fc6, `box_head.${stage}.fc7`));
        return [tf.softmax(layer(fc7, `box_predictor.${stage}.cls_score`)), layer(fc7, `box_predictor.${stage}.bbox_pred`)].map((each) => each.dataSync<'float32'>().slice());
      });
      said[0].forEach((score, label) => (mean[label] += score / stages.length));
      if (stage === stages.length - 1) {
        last.push(...region);
        deltas.push(...classes.flatMap(() => [...said[1]]), ...said[1]);
      } else region = clipBoxes(decodeBoxes(said[1] as BoxDeltas, region, { weights }), size);
    });
    all.push(...mean);
  }
  tf.dispose([...pyramid, coarsest, { ...predictions }]);
  root.dispose();
  return postprocess(Float32Array.from(all), Float32Array.from(deltas), asBoxes(last), size, { ...box, weights: stages[stages.length - 1].weights });
}
let literalProposals: Boxes = asBoxes([]);

describe.each((await availableEngines()).filter((engine) => engine !== 'cpu'))('Cascade R-CNN on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('detects as the stages do one after another, region by region', async () => {
    const model = loud(cascadeRcnn(config(), createRng(1)));
    const root = createParameters(createRng(0));
    const trunk = pyramidTrunk(root, model.config);
    loadStateDict(root.all(), stateDict(model.parameters));
    const features = trunk.features([image], { training: false });
    [literalProposals] = await trunk.propose(features);
    tf.dispose([...features.pyramid, features.coarsest, { ...features.predictions }]);
    root.dispose();
    const before = tf.memory().numTensors;
    const parts: string[] = [];
    const [found] = await model.detect([image], undefined, { onPart: (part) => parts.push(part) });
    expect(parts).toEqual(['features', 'proposals', 'boxes']);
    expect(tf.memory().numTensors).toBe(before);
    const literal = literalDetect(model);
    expect(found.labels.length).toBeGreaterThan(2);
    expect([...found.labels]).toEqual([...literal.labels]);
    found.scores.forEach((score, i) => expect(score).toBeCloseTo(literal.scores[i], 4));
    found.boxes.forEach((side, i) => expect(Math.abs(side - literal.boxes[i])).toBeLessThan(0.02));
    model.dispose();
  });

  it.each(['smooth-l1', 'giou'] as const)('has two losses a stage beside those of the proposals, with gradients for every stage and the maps: %s', (loss) => {
    const model = cascadeRcnn(config({ loss }), createRng(1));
    const before = tf.memory().numTensors;
    const { losses, gradients } = gradientsOf(trainable(model.parameters), () => model.losses(batch.images, batch.objects, createRng(0)));
    expect(Object.keys(losses).sort()).toEqual(['box1', 'box2', 'box3', 'classification1', 'classification2', 'classification3', 'objectness', 'rpnBox']);
    expect(Object.values(losses).every(Number.isFinite)).toBe(true);
    for (const stage of [0, 1, 2]) {
      for (const name of [`box_head.${stage}.fc6.weight`, `box_predictor.${stage}.cls_score.weight`, `box_predictor.${stage}.bbox_pred.weight`]) {
        expect(gradients.get(`roi_heads.${name}`)?.dataSync().some((value) => value !== 0), name).toBe(true);
      }
    }
    expect(gradients.get('backbone.fpn.inner_blocks.0.0.weight')?.dataSync().some((value) => value !== 0)).toBe(true);
    tf.dispose([...gradients.values()]);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('asks more of a region in a later stage: with an IoU that no box reaches there is nothing to regress', () => {
    const { stages, ...common } = config();
    const strict = { ...common, stages: [stages[0], { ...stages[1], foreground: 1 }] };
    const model = cascadeRcnn(strict, createRng(1));
    const losses = tf.tidy(() => {
      const all = model.losses(batch.images, batch.objects, createRng(0));
      return [all['box1'].dataSync()[0], all['box2'].dataSync()[0]];
    });
    expect(losses[0]).toBeGreaterThan(0);
    expect(losses[1]).toBe(0);
    model.dispose();
  });

  it('learns', () => {
    const model = cascadeRcnn(config(), createRng(1));
    const optimizer = sgd(trainable(model.parameters), { clipNorm: 5 });
    const rng = createRng(2);
    const totals = Array.from({ length: 12 }, () => Object.values(trainingStep(model, optimizer, batch, rng, 0.02).losses).reduce((sum, loss) => sum + loss, 0));
    expect(Math.min(...totals.slice(8))).toBeLessThan(0.9 * totals[0]);
    optimizer.dispose();
    model.dispose();
  });
});
