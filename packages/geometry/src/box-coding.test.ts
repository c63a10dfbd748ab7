import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeBoxes, encodeBoxes, type CodingWeights } from './box-coding.ts';
import { asBoxDeltas, asBoxes } from './boxes.ts';
import golden from './fixtures/torchvision.json' with { type: 'json' };
import { createRng } from './rng.ts';
import { solidBoxes } from './testing/arbitraries.ts';
import { floatsOf, latticeBoxes } from './testing/inputs.ts';

function expectClose(actual: Float32Array, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected[i])));
  });
}

describe('encodeBoxes', () => {
  it("gives the targets of detectron2's example", () => {
    const deltas = encodeBoxes(asBoxes([1, 1, 3, 3, 2, 2, 6, 6]), asBoxes([0.8, 1.1, 3.2, 2.8, 2.3, 2.5, 7, 8]), {
      weights: [10, 10, 5, 5],
    });
    expectClose(deltas, [0, 0.294117, -0.911608, 0.812595, -1.382978, -2.272727, -0.806341, -1.592268], 1e-6);
  });

  it('is 0 for a box onto itself', () => {
    const boxes = asBoxes([1, 2, 30, 40]);
    expect([...encodeBoxes(boxes, boxes)]).toEqual([0, 0, 0, 0]);
  });

  it('refuses boxes without area and says which', () => {
    const [box, line] = [asBoxes([0, 0, 1, 1, 0, 0, 1, 1]), asBoxes([0, 0, 1, 1, 5, 5, 5, 9])];
    expect(() => encodeBoxes(line, box)).toThrow('expected sides above 0, got a ground-truth box without area at 1');
    expect(() => encodeBoxes(box, line)).toThrow('got a reference without area at 1');
  });

  it('refuses numbers of boxes that differ', () => {
    expect(() => encodeBoxes(asBoxes([0, 0, 1, 1]), asBoxes([]))).toThrow('as many ground-truth boxes as references, got 1 and 0');
  });
});

describe('decodeBoxes', () => {
  it('inverts encodeBoxes, whatever the weights', () => {
    const weight = fc.double({ min: 0.1, max: 20, noNaN: true });
    fc.assert(
      fc.property(solidBoxes(5), solidBoxes(5), fc.tuple(weight, weight, weight, weight), (groundTruth, references, weights) => {
        const deltas = encodeBoxes(groundTruth, references, { weights });
        decodeBoxes(deltas, references, { weights, clamp: Infinity }).forEach((value, i) => {
          expect(Math.abs(value - groundTruth[i])).toBeLessThan(2e-3);
        });
      }),
    );
  });

  it('leaves boxes where deltas are 0', () => {
    const references = asBoxes([1, 2, 30, 40]);
    expect(decodeBoxes(asBoxDeltas([0, 0, 0, 0]), references)).toEqual(references);
  });

  it('lets a side grow by a factor of at most 1000 / 16', () => {
    const [x1, y1, x2, y2] = decodeBoxes(asBoxDeltas([0, 0, 50, 1000]), asBoxes([0, 0, 16, 16]));
    expect(x2 - x1).toBeCloseTo(1000, 3);
    expect(y2 - y1).toBeCloseTo(1000, 3);
  });

  it('refuses deltas that make no finite box', () => {
    const references = asBoxes([0, 0, 1, 1, 0, 0, 1, 1]);
    expect(() => decodeBoxes(asBoxDeltas([0, 0, 0, 0, 0, NaN, 0, 0]), references)).toThrow('got [0, NaN, 0, 0] at 1');
    expect(() => decodeBoxes(asBoxDeltas([Infinity, 0, 0, 0, 0, 0, 0, 0]), references)).toThrow('at 0');
    expect(() => decodeBoxes(asBoxDeltas([0, 0, 0, 0]), references)).toThrow('as many deltas as references, got 1 and 2');
  });
});

it.each(golden.coding)('box coding equals torchvision with weights $weights', ({ seed, weights, encoded, decoded }) => {
  const rng = createRng(seed);
  const [groundTruth, references] = [latticeBoxes(rng, 40, 300, 200), latticeBoxes(rng, 40, 300, 200)];
  const deltas = asBoxDeltas(
    new Float32Array(160).map((_, i) => 4 * weights[i % 4] * (rng.uniform() - 0.5) * (i % 4 > 1 ? 3 : 1)),
  );
  const options = { weights: weights as unknown as CodingWeights };
  expectClose(encodeBoxes(groundTruth, references, options), floatsOf(encoded), 1e-5);
  expectClose(decodeBoxes(deltas, references, options), floatsOf(decoded), 1e-5);
});
