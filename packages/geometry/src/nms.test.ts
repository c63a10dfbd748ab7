import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asBoxes, emptyBoxes, type Boxes } from './boxes.ts';
import golden from './fixtures/torchvision.json' with { type: 'json' };
import { batchedNms, nms } from './nms.ts';
import { createRng, type Rng } from './rng.ts';
import { anyBoxes } from './testing/arbitraries.ts';
import { bytesOf, latticeBoxes, randomBoxes, randomScores } from './testing/inputs.ts';
import { literalNms, literalOrder } from './testing/literal.ts';

/** What a golden case keeps, by decreasing score. */
function goldenKept(bits: string, scores: Float32Array): number[] {
  const bytes = bytesOf(bits);
  return literalOrder(scores).filter((i) => (bytes[i >> 3] >> (i & 7)) & 1);
}

describe('nms', () => {
  it('keeps a box whose IoU equals the threshold', () => {
    const boxes = asBoxes([0, 0, 10, 10, 0, 0, 10, 5]);
    const scores = Float32Array.of(0.9, 0.8);
    expect([...nms(boxes, scores, { threshold: 0.5 })]).toEqual([0, 1]);
    expect([...nms(boxes, scores, { threshold: 0.499 })]).toEqual([0]);
  });

  it('compares the float32 IoU with the threshold as given, as torchvision does', () => {
    const boxes = asBoxes([0, 0, 10, 10, 0, 0, 10, 3]);
    const scores = Float32Array.of(0.9, 0.8);
    expect([...nms(boxes, scores, { threshold: 0.3 })]).toEqual([0]); // the float32 nearest to .3 is above .3
    expect([...nms(boxes, scores, { threshold: Math.fround(0.3) })]).toEqual([0, 1]);
  });

  it('returns indices by decreasing score, and among equal scores prefers the lower index', () => {
    const boxes = asBoxes([0, 0, 9, 9, 20, 20, 29, 29, 0, 0, 9, 9, 40, 40, 49, 49]);
    expect([...nms(boxes, Float32Array.of(0.5, 0.7, 0.5, 0.7))]).toEqual([1, 3, 0]);
  });

  it('stops at the limit', () => {
    const boxes = randomBoxes(createRng(3), 100, 1000, 5);
    const scores = randomScores(createRng(4), 100);
    const all = nms(boxes, scores);
    expect(all.length).toBeGreaterThan(90);
    expect(nms(boxes, scores, { limit: 10 })).toEqual(all.slice(0, 10));
    expect(nms(boxes, scores, { limit: 0 })).toHaveLength(0);
  });

  it('keeps every box without area', () => {
    const boxes = asBoxes([5, 5, 5, 5, 5, 5, 5, 5, 0, 0, 9, 9, 2, 0, 2, 9]);
    expect(nms(boxes, Float32Array.of(0.1, 0.2, 0.3, 0.4), { threshold: 0 })).toHaveLength(4);
  });

  it('of no boxes is empty', () => {
    expect(nms(emptyBoxes(0), new Float32Array(0))).toHaveLength(0);
  });

  it('refuses scores that do not fit the boxes, and thresholds that are no IoU', () => {
    expect(() => nms(emptyBoxes(2), new Float32Array(3))).toThrow('nms: expected a score and a label a box, got 2 boxes, 3 scores');
    expect(() => nms(emptyBoxes(1), new Float32Array(1), { threshold: 1.1 })).toThrow('expected a threshold from 0 to 1, got 1.1');
    expect(() => nms(emptyBoxes(1), new Float32Array(1), { threshold: NaN })).toThrow(RangeError);
  });

  it.each(golden.nms)('keeps what torchvision keeps of 1000 boxes: seed $seed at $threshold', ({ seed, threshold, kept }) => {
    const rng = createRng(seed);
    const boxes = randomBoxes(rng, 1000, 100, 100);
    const scores = randomScores(rng, 1000);
    const [x1, y1, x2, y2] = boxes;
    const iou = threshold + 1e-5;
    boxes.set([x1, y1, x2 + ((x2 - x1) * (1 - iou)) / iou, y2], 3996); // just more than the threshold
    expect([...nms(boxes, scores, { threshold })]).toEqual(goldenKept(kept, scores));
  });

  it.each(golden.nmsLattice)('decides ties of IoU and of score as torchvision does, at $threshold', ({ seed, threshold, kept }) => {
    const rng = createRng(seed);
    const boxes = latticeBoxes(rng, 1000, 40, 12);
    const scores = randomScores(rng, 1000, 50);
    expect([...nms(boxes, scores, { threshold })]).toEqual(goldenKept(kept, scores));
  });

  it('is the literal quadratic suppression, on any boxes at any threshold', () => {
    const threshold = fc.oneof(fc.constantFrom(0, 0.25, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(anyBoxes(80), threshold, fc.integer(), (boxes, t, seed) => {
        const scores = randomScores(createRng(seed), boxes.length / 4, 20);
        expect([...nms(boxes, scores, { threshold: t })]).toEqual(literalNms(boxes, scores, t));
      }),
      { numRuns: 300 },
    );
  });
});

const shapes: Record<string, (rng: Rng) => number[]> = {
  'around a few objects': (rng) => {
    const [x, y, size] = [100 * rng.integer(4), 90 * rng.integer(3), 60 + 20 * rng.integer(3)];
    const [width, height] = [size * Math.exp(0.25 * rng.normal()), size * Math.exp(0.25 * rng.normal())];
    return [x + 12 * rng.normal(), y + 12 * rng.normal(), width, height];
  },
  'all the same': () => [10, 10, 40, 50],
  'of one centre and all sizes': (rng) => {
    const [width, height] = [Math.exp(9 * rng.uniform()), Math.exp(9 * rng.uniform())];
    return [-width / 2, -height / 2, width, height];
  },
  'huge and tiny': (rng) =>
    rng.uniform() < 0.5
      ? [50 * rng.uniform(), 50 * rng.uniform(), 900 + 50 * rng.uniform(), 900 + 50 * rng.uniform()]
      : [1000 * rng.uniform(), 1000 * rng.uniform(), 3 * rng.uniform(), 3 * rng.uniform()],
  'as tall as the image': (rng) => [1000 * rng.uniform(), 0, Math.exp(6 * rng.uniform()), 1000],
  'far from the origin': (rng) => [1e9 + 1e3 * rng.integer(9), -1e9, 64 * rng.integer(30), 64 * rng.integer(30)],
  'too small for float32 areas': (rng) => [1e-22 * rng.integer(9), 0, 1e-22 * rng.integer(9), 1e-22 * rng.integer(9)],
  'too large for float32 areas': (rng) => [1e20 * rng.integer(9), 0, 1e20 * rng.integer(9), 1e20 * rng.integer(9)],
};

describe.each(Object.entries(shapes))('nms of 700 boxes %s', (_, shape) => {
  it.each([0, 0.005, 0.1, 0.3, 0.5, 0.7, 0.95, 1])('is the literal suppression at %d', (threshold) => {
    const rng = createRng(11);
    const boxes: Boxes = emptyBoxes(700);
    for (let i = 0; i < boxes.length; i += 4) {
      const [x, y, width, height] = shape(rng);
      boxes.set([x, y, x + width, y + height], i);
    }
    const scores = randomScores(rng, 700);
    expect([...nms(asBoxes(boxes), scores, { threshold })]).toEqual(literalNms(boxes, scores, threshold));
  });
});

describe('batchedNms', () => {
  it.each(golden.batchedNms)('keeps what torchvision keeps: seed $seed at $threshold', ({ seed, threshold, kept }) => {
    const rng = createRng(seed);
    const boxes = randomBoxes(rng, 1000, 100, 100);
    const scores = randomScores(rng, 1000);
    const labels = new Int32Array(1000).map(() => rng.integer(4));
    expect([...batchedNms(boxes, scores, labels, { threshold })]).toEqual(goldenKept(kept, scores));
  });

  it('is the literal suppression within each label, on any boxes', () => {
    fc.assert(
      fc.property(anyBoxes(60), fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (boxes, seed, threshold) => {
        const rng = createRng(seed);
        const scores = randomScores(rng, boxes.length / 4, 20);
        const labels = new Int32Array(boxes.length / 4).map(() => rng.integer(3) - 1);
        const kept = literalNms(boxes, scores, threshold, labels);
        expect([...batchedNms(boxes, scores, labels, { threshold })]).toEqual(kept);
        expect([...batchedNms(boxes, scores, labels, { threshold, limit: 5 })]).toEqual(kept.slice(0, 5));
      }),
    );
  });

  it('refuses labels that do not fit the boxes', () => {
    expect(() => batchedNms(emptyBoxes(2), new Float32Array(2), new Int32Array(1))).toThrow('2 boxes, 2 scores, 1 labels');
  });
});
