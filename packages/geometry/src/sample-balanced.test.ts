import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Matches } from './match-boxes.ts';
import { createRng } from './rng.ts';
import { sampleBalanced } from './sample-balanced.ts';

/** Candidates 0 … positives − 1 positive, the next ones negative; candidate i has ground truth 1000 + i. */
function matchesOf(positives: number, negatives: number): Matches {
  return {
    positives: Uint32Array.from({ length: positives }, (_, i) => i),
    negatives: Uint32Array.from({ length: negatives }, (_, i) => positives + i),
    groundTruth: Int32Array.from({ length: positives }, (_, i) => 1000 + i),
  };
}

describe('sampleBalanced', () => {
  it('of 4 with a fraction of .25 samples 1 positive and 3 negatives', () => {
    const sample = sampleBalanced(matchesOf(2, 4), { count: 4, positiveFraction: 0.25 }, createRng(0));
    expect([sample.positives.length, sample.negatives.length]).toEqual([1, 3]);
  });

  it('fills up with negatives where positives are few, never with positives where negatives are few', () => {
    const options = { count: 256, positiveFraction: 0.5 };
    const few = sampleBalanced(matchesOf(10, 1000), options, createRng(0));
    expect([few.positives.length, few.negatives.length]).toEqual([10, 246]);
    const many = sampleBalanced(matchesOf(1000, 10), options, createRng(0));
    expect([many.positives.length, many.negatives.length]).toEqual([128, 10]);
  });

  it('samples without replacement, in ascending order, each positive with its ground truth', () => {
    const amount = fc.nat(60);
    fc.assert(
      fc.property(amount, amount, amount, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (p, n, count, f, seed) => {
        const { positives, negatives, groundTruth } = sampleBalanced(matchesOf(p, n), { count, positiveFraction: f }, createRng(seed));
        expect(positives).toHaveLength(Math.min(Math.floor(count * f), p));
        expect(negatives).toHaveLength(Math.min(count - positives.length, n));
        expect([...positives]).toEqual([...new Set(positives)].sort((a, b) => a - b));
        expect([...negatives]).toEqual([...new Set(negatives)].sort((a, b) => a - b));
        expect(positives.every((i) => i < p) && negatives.every((i) => i >= p && i < p + n)).toBe(true);
        expect([...groundTruth]).toEqual([...positives].map((i) => 1000 + i));
      }),
    );
  });

  it('samples every candidate about equally often', () => {
    const rng = createRng(5);
    const counts = new Uint32Array(30);
    for (let i = 0; i < 6000; i++) {
      const { positives, negatives } = sampleBalanced(matchesOf(10, 20), { count: 10, positiveFraction: 0.5 }, rng);
      [...positives, ...negatives].forEach((candidate) => counts[candidate]++);
    }
    counts.forEach((count, i) => expect(Math.abs(count - (i < 10 ? 3000 : 1500))).toBeLessThan(200));
  });

  it('gives the same sample for the same seed', () => {
    const draw = (seed: number): Matches => sampleBalanced(matchesOf(50, 500), { count: 40, positiveFraction: 0.5 }, createRng(seed));
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  it('refuses a count that is no number of candidates and a fraction that is none', () => {
    const sample = (count: number, positiveFraction: number) => (): Matches =>
      sampleBalanced(matchesOf(1, 1), { count, positiveFraction }, createRng(0));
    expect(sample(1.5, 0.5)).toThrow('got 1.5 and 0.5');
    expect(sample(-1, 0.5)).toThrow(RangeError);
    expect(sample(1, 1.1)).toThrow(RangeError);
  });
});
