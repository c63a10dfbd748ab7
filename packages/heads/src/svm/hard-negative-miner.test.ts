import { asBoxes, createRng } from '@rcnn/geometry';
import { expectNear } from '@rcnn/tooling/testing/floats';
import { noise } from '@rcnn/tooling/testing/noise';
import { describe, expect, it } from 'vitest';
import { classOverlaps, hardNegativeMiner, restoreHardNegativeMiner, svmScores, trainLinearSvm, type HardNegativeMinerState } from '../index.ts';

const [images, regions, dimensions] = [12, 30, 6];
const svm = { cost: 1, biasMultiplier: 1 };
const options = { retrainLimit: 8, svm };

/** Background around the origin; the two classes' objects are shifted along an axis each. */
const positives = [0, 1].map((k) => noise([10, dimensions], 500 + k).map((value, i) => (i % dimensions === k ? value * 2 + 1.2 : value * 2)));
const featuresOf = (image: number): Float32Array => noise([regions, dimensions], image).map((value) => value * 2);
/** Every seventh region of an image overlaps an object of class 1 too much to be its negative. */
const overlaps = Float32Array.from({ length: regions * 2 }, (_, i) => (i % 14 === 0 ? 0.3 : 0.1));
const negativesOf = (k: number): number[] => Array.from({ length: regions }, (_, r) => r).filter((r) => overlaps[2 * r + k] < 0.3);

function mined(count: number, more = {}) {
  const miner = hardNegativeMiner(positives, dimensions, { ...options, ...more }, createRng(1));
  for (let image = 0; image < count; image++) {
    miner.add(image, featuresOf(image), overlaps);
  }
  return miner;
}

describe('hard negative mining', () => {
  it('takes all negatives of the first image, and those alone, and trains every class', () => {
    const miner = hardNegativeMiner(positives, dimensions, { ...options, evictThreshold: -Infinity }, createRng(1));
    expect(miner.add(3, featuresOf(3), overlaps)).toEqual({ added: negativesOf(0).length + negativesOf(1).length, retrained: [1, 2] });
    expect(miner.negatives()).toEqual([negativesOf(0).length, negativesOf(1).length]);
    expect(negativesOf(0).length).toBeLessThan(negativesOf(1).length);
    const labels = Int8Array.from({ length: 40 }, (_, i) => (i < 10 ? 1 : -1));
    const literal = trainLinearSvm([positives[1], featuresOf(3)], labels, svm, createRng(9));
    expectNear(miner.svms()[1].weights, literal.weights, 1e-3);
  });

  it('takes of every later image the negatives that score above -1.0001', () => {
    const miner = mined(1, { retrainLimit: Infinity });
    const before = miner.negatives();
    const scores = svmScores(miner.svms(), featuresOf(7));
    const hard = [0, 1].map((k) => negativesOf(k).filter((r) => scores[2 * r + k] > -1.0001).length);
    expect(hard[0]).toBeGreaterThan(0);
    expect(hard[0]).toBeLessThan(negativesOf(0).length);
    expect(miner.add(7, featuresOf(7), overlaps)).toEqual({ added: hard[0] + hard[1], retrained: [] });
    expect(miner.negatives()).toEqual(before.map((count, k) => count + hard[k]));
  });

  it('takes no region twice', () => {
    const miner = mined(2, { retrainLimit: Infinity });
    expect(miner.add(1, featuresOf(1), overlaps).added).toBe(0);
  });

  it('trains a class anew when more than the limit have come in, and evicts what scores below -1.2', () => {
    const miner = mined(1);
    let trainings = 0;
    for (let image = 1; image < images; image++) {
      const waiting = miner.state().classes.map(({ added }) => added);
      const held = miner.negatives();
      const { retrained } = miner.add(image, featuresOf(image), overlaps);
      for (const k of [0, 1]) {
        const { added, keys } = miner.state().classes[k];
        trainings += retrained.includes(k + 1) ? 1 : 0;
        if (retrained.includes(k + 1)) {
          expect(added).toBe(0);
          for (let i = 0; i < keys.length; i += 2) {
            expect(svmScores([miner.svms()[k]], featuresOf(keys[i]))[keys[i + 1]]).toBeGreaterThan(-1.2001);
          }
        } else {
          expect(added).toBeLessThanOrEqual(8);
          expect(miner.negatives()[k] - held[k]).toBe(added - waiting[k]);
        }
      }
    }
    expect(trainings).toBeGreaterThan(4);
    expect(miner.negatives()[0]).toBeLessThan(images * negativesOf(0).length / 2);
  });

  it('ends near the classifiers of all negatives at once', () => {
    const all = Array.from({ length: images }, (_, image) => featuresOf(image));
    const classifiers = mined(images).finish();
    const rows = all.flatMap((features) => negativesOf(0).map((r) => features.subarray(r * dimensions, (r + 1) * dimensions)));
    const labels = Int8Array.from({ length: 10 + rows.length }, (_, i) => (i < 10 ? 1 : -1));
    const literal = trainLinearSvm([positives[0], ...rows], labels, svm, createRng(9));
    // One pass: a negative that was easy when it was met is not met again, so the two need not be the same.
    expectNear(svmScores([classifiers[0]], all[5]), svmScores([literal], all[5]), 0.1);
  });

  it('goes on from its state, through JSON, bit for bit', async () => {
    const whole = mined(images);
    const saved = JSON.parse(JSON.stringify(mined(5).state())) as HardNegativeMinerState;
    const asked: number[] = [];
    const restored = await restoreHardNegativeMiner(saved, positives, dimensions, (image) => {
      asked.push(image);
      return featuresOf(image);
    }, options);
    expect(asked).toEqual([...new Set(asked)].sort((a, b) => a - b));
    for (let image = saved.images; image < images; image++) {
      restored.add(image, featuresOf(image), overlaps);
    }
    expect(restored.state()).toEqual(whole.state());
    expect(restored.finish()).toEqual(whole.finish());
  });

  it('keeps its own copy of what it keeps', () => {
    const features = featuresOf(0);
    const miner = hardNegativeMiner(positives, dimensions, options, createRng(1));
    miner.add(0, features, overlaps);
    features.fill(9);
    expect(miner.finish()).toEqual(mined(1).finish());
  });

  it('refuses bad arguments in one line', async () => {
    expect(() => hardNegativeMiner([new Float32Array(7)], 6, {}, createRng(1))).toThrow('hardNegativeMiner: expected whole rows of 6 features, got 7 numbers of class 1');
    expect(() => mined(1).add(1, featuresOf(1), new Float32Array(3))).toThrow('hardNegativeMiner: expected 6 features and 2 overlaps a region, got 180 and 3');
    expect(() => hardNegativeMiner([positives[0], new Float32Array(0)], 6, {}, createRng(1)).finish()).toThrow('hardNegativeMiner: expected an example of every class, got none of class 2');
    await expect(restoreHardNegativeMiner(mined(2).state(), [positives[0]], 6, featuresOf)).rejects.toThrow("restoreHardNegativeMiner: expected the state of these 1 classes' positives, got another's");
    await expect(restoreHardNegativeMiner(mined(2).state(), positives, 6, () => new Float32Array(6))).rejects.toThrow(/expected a region \d+ of image 0, got 1 regions/);
  });
});

describe('overlaps with classes', () => {
  const found = { boxes: asBoxes([0, 0, 9, 9, 0, 0, 4, 9, 20, 20, 29, 29]), labels: Int32Array.of(2, 1, 2) };

  it('are the greatest IoU with an object of the class, 0 where there is none', () => {
    expectNear(classOverlaps(asBoxes([0, 0, 9, 9, 20, 20, 29, 29]), found, 3), [4 / 9, 1, 0, 0, 1, 0], 1e-6);
  });

  it("count whole pixels with extent 1, as R-CNN's own code does", () => {
    expectNear(classOverlaps(asBoxes([0, 0, 9, 9]), found, 2, { extent: 1 }), [5 / 10, 1], 1e-6);
  });
});
