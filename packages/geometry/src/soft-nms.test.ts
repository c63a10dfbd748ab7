import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asBoxes, emptyBoxes, type Boxes } from './boxes.ts';
import { createRng } from './rng.ts';
import { softNmsGaussian, softNmsLinear } from './soft-nms.ts';
import { anyBoxes } from './testing/arbitraries.ts';
import { randomScores } from './testing/inputs.ts';
import { boxAt, literalIou } from './testing/literal.ts';

/** Figure 2 of the paper: B the boxes that remain, D those taken. */
function literalSoftNms(
  boxes: Boxes,
  initial: Float32Array,
  scoreThreshold: number,
  decay: (iou: number) => number,
): { indices: number[]; scores: number[] } {
  const scores = [...initial];
  let remaining = [...scores.keys()].filter((i) => scores[i] >= scoreThreshold);
  const taken: number[] = [];
  while (remaining.length > 0) {
    const best = remaining.reduce((a, b) => (scores[b] > scores[a] ? b : a));
    taken.push(best);
    remaining = remaining.filter((i) => i !== best);
    for (const i of remaining) {
      scores[i] *= decay(literalIou(boxAt(boxes, best), boxAt(boxes, i)));
    }
    remaining = remaining.filter((i) => scores[i] >= scoreThreshold);
  }
  return { indices: taken, scores: taken.map((i) => Math.fround(scores[i])) };
}

// IoU of the first with the second 1/2, with the third 0, of the second with the third 0.
const boxes = asBoxes([0, 0, 10, 10, 0, 0, 10, 5, 50, 50, 60, 60]);
const scores = Float32Array.of(1, 0.8, 0.6);

describe('softNmsLinear', () => {
  it('multiplies by 1 - IoU, which can change the order', () => {
    const result = softNmsLinear(boxes, scores);
    expect([...result.indices]).toEqual([0, 2, 1]);
    expect(result.scores).toEqual(Float32Array.of(1, 0.6, 0.4));
  });

  it('leaves scores alone where the IoU is no more than the threshold', () => {
    expect([...softNmsLinear(boxes, scores, { threshold: 0.5 }).indices]).toEqual([0, 1, 2]);
  });

  it('drops a box whose score falls below the score threshold, and keeps one at it', () => {
    expect([...softNmsLinear(boxes, scores, { scoreThreshold: 0.41 }).indices]).toEqual([0, 2]);
    expect([...softNmsLinear(boxes, scores, { scoreThreshold: scores[2] }).indices]).toEqual([0, 2]);
    expect([...softNmsLinear(boxes, scores, { scoreThreshold: 1.5 }).indices]).toEqual([]);
  });

  it('returns at most `limit` boxes', () => {
    expect([...softNmsLinear(boxes, scores, { limit: 2 }).indices]).toEqual([0, 2]);
  });

  it('prefers the lower index among equal scores', () => {
    const apart = asBoxes([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect([...softNmsLinear(apart, Float32Array.of(0.5, 0.9, 0.5)).indices]).toEqual([1, 0, 2]);
  });

  it('is the literal algorithm on any boxes', () => {
    fc.assert(
      fc.property(anyBoxes(25), fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (any, seed, threshold) => {
        const drawn = randomScores(createRng(seed), any.length / 4, 30);
        const { indices, scores: decayed } = softNmsLinear(any, drawn, { threshold });
        const decay = (iou: number): number => (iou > threshold ? 1 - iou : 1);
        expect({ indices: [...indices], scores: [...decayed] }).toEqual(literalSoftNms(any, drawn, 0.001, decay));
      }),
    );
  });

  it('refuses what is no threshold, and scores that do not fit', () => {
    expect(() => softNmsLinear(boxes, scores, { threshold: -1 })).toThrow('softNmsLinear: expected a threshold from 0 to 1, got -1');
    expect(() => softNmsLinear(emptyBoxes(2), scores)).toThrow('got 3 scores for 2 boxes');
  });
});

describe('softNmsGaussian', () => {
  it('multiplies by exp(-IoU² / sigma)', () => {
    const result = softNmsGaussian(boxes, scores);
    expect([...result.indices]).toEqual([0, 2, 1]);
    expect(result.scores[2]).toBe(Math.fround(Math.fround(0.8) * Math.exp(-0.25 / 0.5)));
  });

  it('is the literal algorithm on any boxes', () => {
    fc.assert(
      fc.property(anyBoxes(25), fc.integer(), fc.double({ min: 0.01, max: 2, noNaN: true }), (any, seed, sigma) => {
        const drawn = randomScores(createRng(seed), any.length / 4, 30);
        const { indices, scores: decayed } = softNmsGaussian(any, drawn, { sigma });
        const decay = (iou: number): number => Math.exp((-iou * iou) / sigma);
        expect({ indices: [...indices], scores: [...decayed] }).toEqual(literalSoftNms(any, drawn, 0.001, decay));
      }),
    );
  });

  it('refuses a sigma that is not above 0', () => {
    expect(() => softNmsGaussian(boxes, scores, { sigma: 0 })).toThrow('expected a sigma above 0, got 0');
  });
});
