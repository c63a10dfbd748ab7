import { createRng } from '@rcnn/geometry';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageDetections } from './detections.ts';
import type { ImageGroundTruth } from './ground-truth.ts';
import { evaluateVoc } from './voc.ts';
import { voc07, voc12, vocContinuous } from './voc-options.ts';

type Box = readonly number[];

/** One class as the development kit does it, line by line: `VOCevaldet.m`, `VOCap.m`. */
function literalAp(
  truth: readonly { readonly image: number; readonly box: Box; readonly difficult: boolean }[],
  found: readonly { readonly image: number; readonly box: Box; readonly score: number }[],
  { plusOne, elevenPoints }: { readonly plusOne: boolean; readonly elevenPoints: boolean },
): number {
  const one = plusOne ? 1 : 0;
  const taken = truth.map(() => false);
  const tp: number[] = [];
  const fp: number[] = [];
  for (const { image, box } of [...found].sort((a, b) => b.score - a.score)) {
    let ovmax = -Infinity;
    let jmax = -1;
    truth.forEach((object, j) => {
      if (object.image !== image) return;
      const iw = Math.min(box[2], object.box[2]) - Math.max(box[0], object.box[0]) + one;
      const ih = Math.min(box[3], object.box[3]) - Math.max(box[1], object.box[1]) + one;
      if (iw <= 0 || ih <= 0) return;
      const area = (b: Box): number => (b[2] - b[0] + one) * (b[3] - b[1] + one);
      const ov = (iw * ih) / (area(box) + area(object.box) - iw * ih);
      if (ov > ovmax) [ovmax, jmax] = [ov, j];
    });
    const hit = ovmax >= 0.5;
    if (hit && truth[jmax].difficult) continue;
    tp.push((tp.at(-1) ?? 0) + (hit && !taken[jmax] ? 1 : 0));
    fp.push((fp.at(-1) ?? 0) + (hit && !taken[jmax] ? 0 : 1));
    if (hit) taken[jmax] = true;
  }
  const positives = truth.filter(({ difficult }) => !difficult).length;
  const recall = tp.map((n) => n / positives);
  const precision = tp.map((n, i) => n / (n + fp[i]));
  if (elevenPoints) {
    let ap = 0;
    for (let i = 0; i <= 10; i++) ap += Math.max(0, ...precision.filter((_, k) => recall[k] >= i * 0.1)) / 11;
    return ap;
  }
  const mrec = [0, ...recall, 1];
  const mpre = [0, ...precision, 0];
  for (let i = mpre.length - 2; i >= 0; i--) mpre[i] = Math.max(mpre[i], mpre[i + 1]);
  let ap = 0;
  for (let i = 1; i < mrec.length; i++) ap += (mrec[i] - mrec[i - 1]) * mpre[i];
  return ap;
}

function randomProblem(seed: number): { truth: ImageGroundTruth[]; found: ImageDetections[] } {
  const rng = createRng(seed);
  const box = (): number[] => {
    const [x, y] = [rng.integer(20), rng.integer(20)];
    return [x, y, x + 1 + rng.integer(12), y + 1 + rng.integer(12)];
  };
  const images = Array.from({ length: 1 + rng.integer(4) }, (_, image) => image);
  const truth = images.map((image) => {
    const boxes = Array.from({ length: rng.integer(6) }, box);
    return { image, boxes: boxes.flat(), labels: boxes.map(() => 1 + rng.integer(2)), difficult: boxes.map(() => rng.uniform() < 0.2) };
  });
  const found = images.map((image) => {
    const near = Array.from({ length: truth[image].boxes.length / 4 }, (_, i) =>
      truth[image].boxes.slice(4 * i, 4 * i + 4).map((v, k) => v + (k < 2 ? -rng.integer(2) : rng.integer(3))),
    );
    const boxes = [...near, ...near, ...Array.from({ length: rng.integer(4) }, box)];
    return { image, boxes: boxes.flat(), labels: boxes.map(() => 1 + rng.integer(2)), scores: boxes.map(() => rng.uniform()) };
  });
  return { truth, found };
}

const rows = (entries: readonly (ImageGroundTruth & { scores?: ArrayLike<number> })[], label: number) =>
  entries.flatMap((entry) =>
    Array.from(entry.labels, (of, i) => ({
      of,
      image: Number(entry.image),
      box: Array.from(entry.boxes).slice(4 * i, 4 * i + 4),
      difficult: Boolean(entry.difficult?.[i]),
      score: entry.scores?.[i] ?? 0,
    })).filter(({ of }) => of === label),
  );

describe('evaluateVoc', () => {
  it.each([
    ['voc07', voc07, { plusOne: true, elevenPoints: true }],
    ['voc12', voc12, { plusOne: true, elevenPoints: false }],
    ['vocContinuous', vocContinuous, { plusOne: false, elevenPoints: false }],
  ] as const)('equals the development kit line by line: %s', (_, options, literal) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { truth, found } = randomProblem(seed);
        for (const { label, ap } of evaluateVoc(truth, found, options).classes) {
          const expected = literalAp(rows(truth, label), rows(found, label), literal);
          if (rows(truth, label).some(({ difficult }) => !difficult)) expect(ap).toBeCloseTo(expected, 12);
          else expect(ap).toBeNaN();
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  const truth = [{ image: 'a', boxes: [0, 0, 10, 10, 20, 0, 30, 10, 40, 0, 50, 10], labels: [1, 1, 1], difficult: [0, 0, 1] }];

  it('counts a second detection of a box as a false positive, and one of a difficult box not at all', () => {
    const found = [{ image: 'a', boxes: [0, 0, 10, 10, 0, 0, 10, 9, 40, 0, 50, 10, 20, 0, 30, 10], labels: [1, 1, 1, 1], scores: [0.9, 0.8, 0.7, 0.6] }];
    const { mAP, classes } = evaluateVoc(truth, found);
    expect(classes[0]).toMatchObject({ positives: 2, difficult: 1, truePositives: 2, falsePositives: 1, ignored: 1 });
    expect([...classes[0].recall]).toEqual([0.5, 0.5, 1]);
    expect([...classes[0].precision]).toEqual([1, 1 / 2, 2 / 3]);
    expect([...classes[0].scores]).toEqual([0.9, 0.8, 0.6]);
    expect(mAP).toBeCloseTo(0.5 + 0.5 * (2 / 3), 12);
    expect(evaluateVoc(truth, found, voc07).mAP).toBeCloseTo((6 + 5 * (2 / 3)) / 11, 12);
  });

  it('takes an overlap equal to the threshold', () => {
    const found = [{ image: 'a', boxes: [0, 0, 10, 5], labels: [1], scores: [1] }];
    expect(evaluateVoc(truth, found).classes[0].truePositives).toBe(1);
    expect(evaluateVoc(truth, found, { iouThreshold: 0.51 }).classes[0].truePositives).toBe(0);
  });

  it('gives a detection only the box it overlaps most, even if another is free', () => {
    const near = [{ image: 1, boxes: [0, 0, 10, 10, 1, 0, 11, 10], labels: [1, 1] }];
    const found = [{ image: 1, boxes: [0, 0, 10, 10, 0, 0, 10, 10], labels: [1, 1], scores: [0.9, 0.8] }];
    expect(evaluateVoc(near, found).classes[0]).toMatchObject({ truePositives: 1, falsePositives: 1 });
  });

  it('leaves a class that has nothing to find out of the mean', () => {
    const found = [{ image: 'a', boxes: [0, 0, 10, 10, 0, 0, 10, 10], labels: [1, 5], scores: [0.9, 0.8] }];
    const { mAP, classes } = evaluateVoc(truth, found);
    expect(classes.map(({ label, ap }) => [label, ap])).toEqual([[1, 0.5], [5, NaN]]);
    expect(mAP).toBe(0.5);
    expect(evaluateVoc([], []).mAP).toBeNaN();
  });

  it('does not mind in which order the images come', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const problem = randomProblem(seed);
        const reversed = evaluateVoc(problem.truth.toReversed(), problem.found.toReversed());
        expect(reversed).toEqual(evaluateVoc(problem.truth, problem.found));
      }),
      { seed: 8, numRuns: 50 },
    );
  });
});
