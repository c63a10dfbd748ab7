import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { boxIou } from './box-iou.ts';
import { asBoxes, boxCount, emptyBoxes } from './boxes.ts';
import { completeBoxIou } from './complete-box-iou.ts';
import { distanceBoxIou } from './distance-box-iou.ts';
import golden from './fixtures/torchvision.json' with { type: 'json' };
import { generalizedBoxIou } from './generalized-box-iou.ts';
import { createRng } from './rng.ts';
import { anyBoxes } from './testing/arbitraries.ts';
import { floatsOf, latticeBoxes, randomBoxes } from './testing/inputs.ts';
import { boxAt, literalIou } from './testing/literal.ts';

const squares = asBoxes([0, 0, 100, 100, 0, 0, 50, 50, 200, 200, 300, 300, 0, 0, 25, 25]);
const firstThree = asBoxes(squares.subarray(0, 12));

function expectClose(actual: Float32Array, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(tolerance));
}

describe('boxIou', () => {
  it('is a row-major matrix, a row for each box of the first argument', () => {
    expect([...boxIou(squares, firstThree)]).toEqual([1, 0.25, 0, 0.25, 1, 0, 0, 0, 1, 0.0625, 0.25, 0]);
  });

  it("gives the values of torchvision's own test on float boxes", () => {
    const boxes = asBoxes([
      285.3538, 185.5758, 1193.511, 851.4551, 285.1472, 188.7374, 1192.4984, 851.0669, 279.244, 197.9812, 1189.4746, 849.2019,
    ]);
    expectClose(boxIou(boxes, boxes), [1, 0.9933, 0.9673, 0.9933, 1, 0.9737, 0.9673, 0.9737, 1], 1e-3);
  });

  it('equals torchvision bit for bit on random boxes', () => {
    for (const { seed, iou } of golden.iou) {
      const rng = createRng(seed);
      expect(boxIou(randomBoxes(rng, 14, 20, 15), randomBoxes(rng, 11, 20, 15))).toEqual(floatsOf(iou));
    }
    for (const { seed, iou } of golden.iouLattice) {
      const rng = createRng(seed);
      expect(boxIou(latticeBoxes(rng, 14, 20, 15), latticeBoxes(rng, 11, 20, 15))).toEqual(floatsOf(iou));
    }
  });

  it('is the literal IoU of each pair, symmetric, and within 0 … 1', () => {
    fc.assert(
      fc.property(anyBoxes(8), anyBoxes(8), (a, b) => {
        const [ab, ba] = [boxIou(a, b), boxIou(b, a)];
        for (let i = 0; i < boxCount(a); i++) {
          for (let j = 0; j < boxCount(b); j++) {
            const iou = ab[i * boxCount(b) + j];
            expect(iou).toBe(literalIou(boxAt(a, i), boxAt(b, j)));
            expect(iou).toBe(ba[j * boxCount(a) + i]);
            expect(iou >= 0 && iou <= 1).toBe(true);
          }
        }
      }),
    );
  });

  it('is 0, not NaN, for boxes without area', () => {
    const point = asBoxes([5, 5, 5, 5]);
    expect([...boxIou(point, asBoxes([5, 5, 5, 5, 0, 0, 9, 9]))]).toEqual([0, 0]);
  });

  it('is empty without boxes on either side', () => {
    expect(boxIou(emptyBoxes(0), squares)).toHaveLength(0);
    expect(boxIou(squares, emptyBoxes(0))).toHaveLength(0);
  });
});

describe.each([
  { name: 'generalizedBoxIou', measure: generalizedBoxIou, key: 'generalized', apart: [-0.7778, -0.8611], last: [0.0625, 0.25, -0.8819] },
  { name: 'distanceBoxIou', measure: distanceBoxIou, key: 'distance', apart: [-0.4444, -0.5625], last: [-0.0781, 0.1875, -0.6267] },
  { name: 'completeBoxIou', measure: completeBoxIou, key: 'complete', apart: [-0.4444, -0.5625], last: [-0.0781, 0.1875, -0.6267] },
] as const)('$name', ({ measure, key, apart, last }) => {
  it("gives the values of torchvision's own test", () => {
    const nested = key === 'generalized' ? 0.25 : 0.1875;
    const expected = [1, nested, apart[0], nested, 1, apart[1], apart[0], apart[1], 1, ...last];
    expectClose(measure(squares, firstThree), expected, 1e-4);
  });

  it('equals torchvision to 2e-6 on random boxes', () => {
    for (const { seed, [key]: expected } of golden.iou) {
      const rng = createRng(seed);
      expectClose(measure(randomBoxes(rng, 14, 20, 15), randomBoxes(rng, 11, 20, 15)), floatsOf(expected), 2e-6);
    }
    for (const { seed, [key]: expected } of golden.iouLattice) {
      const rng = createRng(seed);
      expectClose(measure(latticeBoxes(rng, 14, 20, 15), latticeBoxes(rng, 11, 20, 15)), floatsOf(expected), 2e-6);
    }
  });

  it('is at most the IoU, finite, and 1 for a box with itself', () => {
    fc.assert(
      fc.property(anyBoxes(6), anyBoxes(6), (a, b) => {
        const iou = boxIou(a, b);
        measure(a, b).forEach((value, i) => expect(value >= -2 && value <= iou[i]).toBe(true));
      }),
    );
    expect(measure(asBoxes([1, 2, 4, 8]), asBoxes([1, 2, 4, 8]))[0]).toBeCloseTo(1, 6);
  });
});
