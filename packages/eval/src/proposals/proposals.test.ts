import { createRng } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { averageBestOverlap } from './average-best-overlap.ts';
import { proposalRecall } from './proposal-recall.ts';

/** A box 10 wide and 10 high. */
const square = (x: number): number[] => [x, 0, x + 10, 10];
/** What a square shifted by `dx` overlaps it by. */
const shifted = (dx: number): number => (10 - dx) / (10 + dx);
const close = (values: ArrayLike<number>, expected: readonly number[]): void => {
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 12));
};

describe('proposalRecall', () => {
  const truth = [
    { image: 'a', boxes: [...square(0), ...square(100)], labels: [1, 2] },
    { image: 'b', boxes: [...square(0), ...square(50)], labels: [1, 1] },
  ];
  const proposals = [
    { image: 'a', boxes: [...square(1), ...square(0), ...square(102)] },
    { image: 'b', boxes: [...square(300), ...square(52)] },
  ];

  it('counts the objects that a budget of proposals overlaps by a threshold or more', () => {
    const { objects, recall, averageRecall } = proposalRecall(truth, proposals, { budgets: [1, 2, 3], iouThresholds: [0.5, shifted(2), 0.7, 0.9] });
    expect(objects).toBe(4);
    close(recall, [1, 1, 1, 0, 2, 2, 1, 1, 3, 3, 1, 1].map((n) => n / 4));
    close(averageRecall, [3 / 16, 6 / 16, 8 / 16]);
  });

  it('has the area under recall over IoU from .5 to 1, doubled', () => {
    const { continuousAverageRecall } = proposalRecall(truth, proposals, { budgets: [3] });
    close(continuousAverageRecall, [(2 * 0.5 + 2 * (2 * shifted(2) - 1)) / 4]);
    const thresholds = Array.from({ length: 5000 }, (_, i) => 0.5 + (i + 0.5) / 10000);
    const { averageRecall } = proposalRecall(truth, proposals, { budgets: [3], iouThresholds: thresholds });
    expect(averageRecall[0]).toBeCloseTo(continuousAverageRecall[0], 3);
  });

  it('gives a proposal to one object, unless asked for the best of each', () => {
    const near = [{ image: 1, boxes: [...square(0), ...square(2)], labels: [1, 1] }];
    const one = [{ image: 1, boxes: square(1) }];
    const options = { budgets: [1], iouThresholds: [0.5] };
    expect(proposalRecall(near, one, options).recall[0]).toBe(0.5);
    expect(proposalRecall(near, one, { ...options, matching: 'best' }).recall[0]).toBe(1);
  });

  it('orders by score where there are scores, and leaves out crowds, difficult objects and other areas', () => {
    const scored = [{ image: 'b', boxes: [...square(300), ...square(52), ...square(0)], scores: [0.1, 0.3, 0.2] }];
    const options = { budgets: [1, 2], iouThresholds: [0.5] };
    close(proposalRecall(truth, scored, options).recall, [1 / 4, 2 / 4]);
    const marked = [{ ...truth[0], crowd: [1, 0] }, { ...truth[1], difficult: [false, true], area: [10, 20] }];
    expect(proposalRecall(marked, proposals).objects).toBe(2);
    expect(proposalRecall(marked, proposals, { areaRange: { name: 'small', min: 0, max: 50 } }).objects).toBe(1);
    expect(proposalRecall([], []).averageRecall).toEqual(Float64Array.of(NaN, NaN, NaN));
  });

  it('equals the literal taking of the best pair, again and again', () => {
    const rng = createRng(3);
    const boxes = (count: number): number[] =>
      Array.from({ length: count }, () => [rng.integer(20), rng.integer(20)]).flatMap(([x, y]) => [x, y, x + 1 + rng.integer(20), y + 1 + rng.integer(20)]);
    const iou = (a: readonly number[], b: readonly number[]): number => {
      const both = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
      return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both);
    };
    const at = (all: readonly number[], i: number): number[] => all.slice(4 * i, 4 * i + 4);
    for (let round = 0; round < 50; round++) {
      const [wanted, found] = [boxes(1 + rng.integer(8)), boxes(rng.integer(12))];
      const [rows, columns] = [new Set(Array(wanted.length / 4).keys()), new Set(Array(found.length / 4).keys())];
      let sum = 0;
      for (;;) {
        const pairs = [...rows].flatMap((r) => [...columns].map((c) => ({ r, c, overlap: iou(at(wanted, r), at(found, c)) })));
        const best = pairs.sort((a, b) => b.overlap - a.overlap)[0];
        if (best === undefined) break;
        sum += 2 * Math.max(best.overlap - 0.5, 0);
        rows.delete(best.r);
        columns.delete(best.c);
      }
      const labels = Array<number>(wanted.length / 4).fill(1);
      const { continuousAverageRecall } = proposalRecall([{ image: 0, boxes: wanted, labels }], [{ image: 0, boxes: found }], { budgets: [50] });
      expect(continuousAverageRecall[0]).toBeCloseTo(sum / labels.length, 10);
    }
  });

  it.each([
    [{ budgets: [100, 10] }, [], 'proposalRecall: expected budgets above 0 in ascending order, got [100, 10]'],
    [{ iouThresholds: [2] }, [], 'expected iouThresholds above 0 in ascending order up to 1, got [2]'],
    [{}, [{ image: 'c', boxes: [] }], 'proposals of image "c": expected an image of the ground truth'],
    [{}, [{ image: 'a', boxes: [1, 2, 3] }], 'proposals of image "a": expected 4 numbers a box, got 3 numbers'],
    [{}, [{ image: 'a', boxes: [1, 2, 0, 3] }], 'expected x1 <= x2 and y1 <= y2 in boxes, got [1, 2, 0, 3] at 0'],
    [{}, [{ image: 'a', boxes: [1, 2, 3, 3], scores: [NaN] }], 'expected finite numbers in scores, got NaN at 0'],
  ])('refuses what it cannot use: %#', (options, given, message) => {
    expect(() => proposalRecall(truth, given, options)).toThrow(message);
  });
});

describe('averageBestOverlap', () => {
  it('is the mean over classes of the mean over objects of the best overlap', () => {
    const truth = [
      { image: 'a', boxes: [...square(0), ...square(100)], labels: [3, 1] },
      { image: 'b', boxes: [...square(0)], labels: [1] },
    ];
    const proposals = [{ image: 'a', boxes: [...square(2), ...square(1), ...square(101)] }];
    const { mabo, classes } = averageBestOverlap(truth, proposals);
    expect(classes).toEqual([{ label: 1, abo: shifted(1) / 2, objects: 2 }, { label: 3, abo: shifted(1), objects: 1 }]);
    expect(mabo).toBeCloseTo(0.75 * shifted(1), 12);
    expect(averageBestOverlap(truth, proposals, { budget: 1 }).mabo).toBeCloseTo(shifted(2) / 2, 12);
    expect(averageBestOverlap([], []).mabo).toBeNaN();
    expect(() => averageBestOverlap([], [], { budget: 0 })).toThrow('expected a budget above 0, got 0');
  });
});
