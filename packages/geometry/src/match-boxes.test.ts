import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asBoxes, boxCount, emptyBoxes, type Boxes } from './boxes.ts';
import golden from './fixtures/torchvision.json' with { type: 'json' };
import { matchBoxes, type Matches } from './match-boxes.ts';
import { createRng } from './rng.ts';
import { anyBoxes } from './testing/arbitraries.ts';
import { bytesOf, latticeBoxes, randomBoxes } from './testing/inputs.ts';
import { boxAt, literalIou, literalMatcher } from './testing/literal.ts';

/** Of each candidate, the index of its ground truth, -1 if it is negative, -2 if ignored. */
function perCandidate({ positives, negatives, groundTruth }: Matches, count: number): number[] {
  const matches = new Array<number>(count).fill(-2);
  negatives.forEach((i) => (matches[i] = -1));
  positives.forEach((i, at) => (matches[i] = groundTruth[at]));
  return matches;
}

function iouMatrix(groundTruth: Boxes, candidates: Boxes): number[][] {
  return Array.from({ length: boxCount(groundTruth) }, (_, g) =>
    Array.from({ length: boxCount(candidates) }, (_, i) => literalIou(boxAt(groundTruth, g), boxAt(candidates, i))),
  );
}

describe('matchBoxes', () => {
  const groundTruth = asBoxes([0, 0, 10, 10, 100, 100, 110, 110]);

  it('is positive at the foreground threshold, negative below the background threshold, else neither', () => {
    const candidates = asBoxes([0, 0, 10, 7, 0, 0, 10, 6.9, 0, 0, 10, 3, 0, 0, 10, 2.9, 500, 500, 510, 510, 100, 100, 110, 110]);
    expect(matchBoxes(groundTruth, candidates)).toEqual({
      positives: Uint32Array.of(0, 5),
      negatives: Uint32Array.of(3, 4),
      groundTruth: Int32Array.of(0, 1),
    });
  });

  it('with lowQuality makes every candidate positive that ties for the highest IoU of a ground truth', () => {
    const candidates = asBoxes([0, 0, 10, 2, 0, 8, 10, 10, 0, 0, 10, 1, 100, 100, 110, 110]);
    const matches = matchBoxes(groundTruth, candidates, { lowQuality: true });
    expect(perCandidate(matches, 4)).toEqual([0, 0, -1, 1]);
  });

  it('gives a low-quality positive the ground truth of its own highest IoU', () => {
    // The candidate is the best of the large box (IoU .1), but overlaps the small one more (IoU .2).
    const large = asBoxes([0, 0, 10, 10, 0, 0, 5, 10]);
    expect(perCandidate(matchBoxes(large, asBoxes([0, 0, 1, 10]), { lowQuality: true }), 1)).toEqual([1]);
  });

  it('lets a ground truth that no candidate overlaps make no candidate positive', () => {
    const candidates = asBoxes([500, 500, 510, 510, 600, 600, 610, 610]);
    expect(perCandidate(matchBoxes(groundTruth, candidates, { lowQuality: true }), 2)).toEqual([-1, -1]);
    expect(perCandidate(matchBoxes(asBoxes([505, 505, 505, 505]), candidates, { lowQuality: true }), 2)).toEqual([-1, -1]);
  });

  it('without ground truth makes every candidate negative, also where the background threshold is 0', () => {
    expect([...matchBoxes(emptyBoxes(0), groundTruth, { lowQuality: true }).negatives]).toEqual([0, 1]);
    expect([...matchBoxes(emptyBoxes(0), groundTruth, { foreground: 0, background: 0 }).negatives]).toEqual([0, 1]);
  });

  it('without candidates is empty', () => {
    expect(matchBoxes(groundTruth, emptyBoxes(0), { lowQuality: true }).positives).toHaveLength(0);
  });

  it('refuses a background threshold above the foreground threshold', () => {
    expect(() => matchBoxes(groundTruth, groundTruth, { foreground: 0.3, background: 0.5 })).toThrow('got 0.5 and 0.3');
  });

  const cases = [
    ...golden.matching.map((match) => ({ ...match, kind: 'random', make: randomBoxes })),
    ...golden.matchingLattice.map((match) => ({ ...match, kind: 'lattice', make: latticeBoxes })),
  ];
  it.each(cases)(
    "equals torchvision's Matcher: $kind boxes, seed $seed, $foreground / $background, lowQuality $lowQuality",
    ({ seed, make, matches, ...options }) => {
      const rng = createRng(seed);
      const [groundTruthBoxes, candidates] = [make(rng, 40, 60, 25), make(rng, 500, 60, 25)];
      const expected = new Int8Array(bytesOf(matches).buffer);
      expect(perCandidate(matchBoxes(groundTruthBoxes, candidates, options), 500)).toEqual([...expected]);
    },
  );

  it('equals the literal matcher on the whole matrix, on any boxes', () => {
    const unit = fc.oneof(fc.constantFrom(0, 0.25, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(anyBoxes(40, 1), anyBoxes(40, 1), unit, unit, fc.boolean(), (a, b, s, t, lowQuality) => {
        const [background, foreground] = [Math.min(s, t), Math.max(s, t)];
        const matches = matchBoxes(a, b, { foreground, background, lowQuality });
        expect(perCandidate(matches, boxCount(b))).toEqual(literalMatcher(iouMatrix(a, b), foreground, background, lowQuality));
      }),
      { numRuns: 300 },
    );
  });
});

it("the literal matcher gives the matches of detectron2's example", () => {
  const iou = [[0.15, 0.45, 0.2, 0.6], [0.3, 0.65, 0.05, 0.1], [0.05, 0.4, 0.25, 0.4]].map((row) => row.map(Math.fround));
  expect(literalMatcher(iou, 0.6, 0.3, false)).toEqual([-2, 1, -1, 0]);
});
