import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asBoxes, createRng, encodeBoxes, takeBoxes } from '@rcnn/geometry';
import { classOverlaps, hardNegativeMiner, ridge } from '@rcnn/heads';
import { smallRcnn } from '@rcnn/models';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFeatureCache } from '../features/feature-cache.ts';
import type { FeatureModel, RegionFeatures } from './region-features.ts';
import type { PlannedImage } from './region-plan.ts';
import { numbersOf } from './stage-file.ts';
import { trainRegressors } from './train-regressors.ts';
import { trainSvms } from './train-svms.ts';

const dimensions = 6;
const classes = ['a', 'b'];
const small = smallRcnn(classes);
/** fc7 of these is twice pool5. */
const model: FeatureModel = {
  config: { ...small, svm: { ...small.svm, statistics: { images: 5, regions: 7 }, retrainAfter: 10 }, test: { ...small.test, perImage: 2 } },
  dimensions: { pool5: dimensions, fc6: dimensions, fc7: dimensions },
  features: (pool5, layer) => Promise.resolve(layer === 'pool5' ? pool5 : pool5.map((value) => 2 * value)),
};

/** Twelve images: an object of each class, and regions some near them, most far away. */
const rng = createRng(5);
const plan = Array.from({ length: 12 }, (_, image): PlannedImage => {
  const near = [[10, 10, 50, 50], [60, 60, 90, 90]].flatMap(([x1, y1, x2, y2]) => [x1 + 4 * rng.uniform(), y1, x2, y2 + 4 * rng.uniform()]);
  const far = Array.from({ length: 8 }, () => 100 + Math.floor(50 * rng.uniform())).flatMap((at) => [at, at, at + 20, at + 20]);
  const boxes = asBoxes([10, 10, 50, 50, 60, 60, 90, 90, ...near, ...far]);
  const example = { id: String(image), file: `${image}.png`, width: 200, height: 200, groundTruth: { boxes, labels: new Int32Array(0), difficult: new Uint8Array(0), crowd: new Uint8Array(0) } };
  return { example, boxes, labels: Int32Array.of(1, 2) };
});
const featuresOf = plan.map(({ boxes }) => Float32Array.from({ length: (boxes.length / 4) * dimensions }, (_, i) => (Math.floor(i / dimensions) % 2 === i % dimensions ? 2 : 0) + rng.uniform()));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rcnn-stages-'));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** The features on disk; `stopAt` is the image at which reading for mining breaks off, as if the process were killed. */
function features(stopAt = Infinity): RegionFeatures {
  const images = plan.map(({ example, boxes }) => ({ id: example.id, rows: boxes.length / 4 }));
  const cache = openFeatureCache(join(folder, 'features'), { identity: 'test', images, dimensions, shardBytes: 700 });
  const compute = (image: number): Promise<Float32Array> => Promise.resolve(featuresOf[image]);
  let passes = 0;
  return {
    plan, compute,
    cache: {
      ...cache,
      read: async function* (...args) {
        passes++; // the first pass gathers the objects, the second mines
        for await (const each of cache.read(...args)) {
          if (passes === 2 && each.image === stopAt) throw new Error('killed');
          yield each;
        }
      },
    },
  };
}
const options = (name = 'svms'): Parameters<typeof trainSvms>[2] => ({ layer: 'fc7', file: join(folder, `${name}.safetensors`), seed: 1, saveEvery: 3 });

describe('trainSvms', () => {
  it('equals mining over the features in memory, the scale folded into the weights', async () => {
    const config = { ...model.config, svm: { ...model.config.svm, statistics: { images: 12, regions: 12 } } };
    const tensors = await trainSvms({ ...model, config }, features(), options());
    const [bias, weight, threshold] = ['bias', 'weight', 'threshold'].map((name) => numbersOf(tensors, name));
    const all = featuresOf.map((rows) => rows.map((value) => 2 * value));
    const scale = 20 / mean(all.flatMap(normsOf));
    const scaled = all.map((rows) => rows.map((value) => value * scale));
    const positives = [0, 1].map((k) => Float32Array.from(scaled.flatMap((rows) => [...rows.subarray(k * dimensions, (k + 1) * dimensions)])));
    const miner = hardNegativeMiner(positives, dimensions, { retrainLimit: 10 }, createRng(1));
    plan.forEach(({ boxes, labels }, image) => miner.add(image, scaled[image], classOverlaps(boxes, { boxes: takeBoxes(boxes, [0, 1]), labels }, 2)));
    miner.finish().forEach((svm, k) => {
      expect(bias[k]).toBeCloseTo(svm.bias, 3);
      svm.weights.forEach((value, d) => expect(weight[2 * d + k]).toBeCloseTo(value * scale, 4));
    });
    // On average two proposals an image score as high as the threshold or above.
    const scores = all.flatMap((rows) => Array.from({ length: rows.length / dimensions }, (_, i) => i).slice(2).map((i) => bias[0] + rows.subarray(i * dimensions, (i + 1) * dimensions).reduce((sum, x, d) => sum + x * weight[2 * d], 0)));
    expect(scores.filter((score) => score >= threshold[0] - 1e-4)).toHaveLength(24);
  });

  it('takes no negatives far from all objects where it is told not to', async () => {
    const all = await trainSvms(model, features(), options('all'));
    const near = await trainSvms(model, features(), { ...options('near'), negativeFrom: 0.1 });
    expect(near).not.toEqual(all);
    // Of twelve regions an image these are the objects and their neighbours: a class's negatives are those of the other class.
    const few = features();
    const cut = plan.map(({ boxes, ...rest }) => ({ ...rest, boxes: takeBoxes(boxes, [0, 1, 2, 3]) }));
    const kept = (rows: Float32Array): Float32Array => rows.slice(0, 4 * dimensions);
    const cache: RegionFeatures['cache'] = {
      ...few.cache,
      read: async function* (compute, first) {
        for await (const each of few.cache.read(compute, first)) yield { ...each, features: kept(each.features) };
      },
    };
    const ofThose = await trainSvms(model, { ...few, plan: cut, cache }, options('few'));
    for (const name of ['weight', 'bias']) numbersOf(ofThose, name).forEach((value, i) => expect(numbersOf(near, name)[i]).toBeCloseTo(value, 4));
  });

  it('goes on where it was killed, to the same SVMs bit for bit', async () => {
    const whole = await trainSvms(model, features(), options('whole'));
    await expect(trainSvms(model, features(8), options('killed'))).rejects.toThrow('killed');
    expect(readdirSync(folder)).toContain('killed.mining.json');
    const mined: number[] = [];
    const watched = features();
    const resumed = await trainSvms(model, { ...watched, cache: { ...watched.cache, read: (compute, first) => (mined.push(first ?? 0), watched.cache.read(compute, first)) } }, options('killed'));
    expect(resumed).toEqual(whole);
    expect(mined).toContain(6);
    expect(existsSync(join(folder, 'killed.mining.json'))).toBe(false);
  });

  it('reads what is there, and trains anew what is damaged or of other settings', async () => {
    const first = await trainSvms(model, features(), options());
    const untouched: RegionFeatures = { ...features(), plan: [] };
    expect(await trainSvms(model, untouched, options())).toEqual(first);
    writeFileSync(options().file, readFileSync(options().file).subarray(0, 50));
    expect(await trainSvms(model, features(), options())).toEqual(first);
    const other = { ...model, config: { ...model.config, svm: { ...model.config.svm, cost: 1 } } };
    expect(await trainSvms(other, features(), options())).not.toEqual(first);
  });
});

describe('trainRegressors', () => {
  it('equals ridge regression in memory of the regions near an object, and the weights have the scale in them', async () => {
    const regression = { lambda: 1000, minOverlap: 0.6, limit: null };
    const config = { ...model.config, svm: { ...model.config.svm, statistics: { images: 12, regions: 12 } } };
    const tensors = await trainRegressors({ ...model, config }, features(), { regression, file: join(folder, 'regressors.safetensors'), seed: 1, memory: 1 });
    const scale = 20 / mean(featuresOf.flatMap(normsOf));
    for (const k of [0, 1]) {
      // Regions k and k + 2 of each image: the object itself and its neighbour.
      const rows = plan.flatMap((_, image) => [k, k + 2].map((region) => featuresOf[image].subarray(region * dimensions, (region + 1) * dimensions)));
      const targets = plan.flatMap(({ boxes }) => [...encodeBoxes(takeBoxes(boxes, [k, k]), takeBoxes(boxes, [k, k + 2]))]);
      const { weights, bias } = ridge(Float32Array.from(rows.flatMap((row) => [...row]), (value) => value * scale), targets, rows.length, { lambda: 1000 });
      const [found, constants] = [numbersOf(tensors, 'weight'), numbersOf(tensors, 'bias')];
      for (let m = 0; m < 4; m++) {
        expect(constants[4 * k + m]).toBeCloseTo(bias[m], 4);
        for (let d = 0; d < dimensions; d++) expect(found[8 * d + 4 * k + m]).toBeCloseTo(weights[4 * d + m] * scale, 4);
      }
    }
  });

  it('learns from as many regions of a class as the limit says, the same ones for the same seed', async () => {
    const train = (seed: number, name: string) => trainRegressors(model, features(), { regression: { lambda: 1000, minOverlap: 0.6, limit: 5 }, file: join(folder, `${name}.safetensors`), seed });
    expect(await train(1, 'a')).toEqual(await train(1, 'b'));
    expect(await train(1, 'a')).not.toEqual(await train(2, 'c'));
  });
});

const normsOf = (rows: Float32Array): number[] =>
  Array.from({ length: rows.length / dimensions }, (_, i) => Math.hypot(...rows.subarray(i * dimensions, (i + 1) * dimensions)));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
