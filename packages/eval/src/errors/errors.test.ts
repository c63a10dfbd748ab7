import { rleFromPolygons, type Rle } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { readCocoGroundTruth } from '../read-coco-ground-truth.ts';
import { readCocoResults } from '../read-coco-results.ts';
import { literalTide } from '../testing/literal-tide.ts';
import { randomProblem } from '../testing/random-problem.ts';
import { calibration } from './calibration.ts';
import { classifyDetections } from './classify-detections.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { falsePositiveBreakdown } from './false-positive-breakdown.ts';
import { tideErrors, tideMaskErrors } from './tide-errors.ts';

/** A box 10 wide and 10 high. */
const square = (x: number): number[] => [x, 0, x + 10, 10];

// Two objects of class 1, one of class 2, a crowd of class 1.
const truth = [{ image: 'a', boxes: [square(0), square(100), square(200), [300, 0, 400, 100]].flat(), labels: [1, 1, 2, 1], crowd: [0, 0, 0, 1] }];
const cases = [
  { what: 'correct', box: square(1), label: 1 },
  { what: 'duplicate', box: square(2), label: 1 },
  { what: 'localisation', box: square(106), label: 1 },
  { what: 'classification', box: square(201), label: 1 },
  { what: 'both', box: square(206), label: 1 },
  { what: 'background', box: square(500), label: 1 },
  { what: 'background', box: square(209), label: 1 },
  { what: 'ignored', box: square(320), label: 1 },
] as const;
const found = [{ image: 'a', boxes: cases.flatMap(({ box }) => box), labels: cases.map(({ label }) => label), scores: cases.map((_, i) => 0.9 - 0.1 * i) }];

describe('classifyDetections', () => {
  it('tells the kinds of errors apart', () => {
    const [image] = classifyDetections(truth, found);
    expect(image.outcomes).toEqual(cases.map(({ what }) => what));
    expect([...image.objects]).toEqual([0, 0, 1, 2, -1, -1, -1, -1]);
    expect(image).toMatchObject({ unfound: [1, 2], missed: [], repairable: [2, 3] });
  });

  it('looks at the best detections only, and at images without any', () => {
    expect(classifyDetections(truth, found, { maxDetections: 2 })[0].outcomes.slice(2)).toEqual(Array(6).fill('ignored'));
    expect(classifyDetections(truth, [])[0]).toMatchObject({ outcomes: [], unfound: [0, 1, 2], missed: [0, 1, 2] });
    expect(() => classifyDetections(truth, found, { foreground: 0.1 })).toThrow('expected 0 < background < foreground <= 1, got 0.1 and 0.1');
  });
});

describe('tideErrors', () => {
  it("equals tidecv's rule, written out step by step, on 200 random problems", () => {
    for (let seed = 0; seed < 200; seed++) {
      const { groundTruth, results } = randomProblem(seed);
      const read = readCocoGroundTruth(groundTruth);
      const detections = readCocoResults(results, read);
      const { ap, deltaAP, falsePositives, falseNegatives } = tideErrors(read.groundTruth, detections);
      const expected = literalTide(read.groundTruth, detections);
      for (const [name, value] of Object.entries({ ap, ...deltaAP, falsePositives, falseNegatives })) {
        if (Number.isNaN(expected[name])) expect(value, `${name} of ${seed}`).toBeNaN();
        else expect(value, `${name} of ${seed}`).toBeCloseTo(expected[name], 10);
      }
    }
  });

  it('is the same of masks that are whole boxes, on whole pixels', () => {
    const masksOf = ({ boxes, labels }: { readonly boxes: ArrayLike<number>; readonly labels: ArrayLike<number> }): Rle[] =>
      Array.from(labels, (_, i) => {
        const [x1, y1, x2, y2] = Array.from(boxes).slice(4 * i, 4 * i + 4);
        return rleFromPolygons([[x1, y1, x2, y1, x2, y2, x1, y2]], 100, 600);
      });
    const wanted = truth.map((entry) => ({ ...entry, masks: masksOf(entry) }));
    const masks = found.map((entry) => ({ ...entry, masks: masksOf(entry) }));
    expect(tideMaskErrors(wanted, masks)).toEqual(tideErrors(truth, found));
    expect(() => tideMaskErrors(truth, masks)).toThrow('tideMaskErrors: expected masks in every entry');
  });

  it('says what a perfect detector would gain from each error put right', () => {
    const { ap, deltaAP, counts, falsePositives, falseNegatives } = tideErrors(truth, [
      { image: 'a', boxes: [...square(0), ...square(204), ...square(500)], labels: [1, 2, 1], scores: [0.8, 0.7, 0.9] },
    ]);
    // Class 1: a wrong detection, then a right one: precision 1/2 up to recall 1/2. Class 2: nothing.
    expect(ap).toBeCloseTo((51 / 101) * 0.5 * 0.5, 12);
    expect(counts).toEqual({ classification: 0, localisation: 1, both: 0, duplicate: 0, background: 1, missed: 1 });
    expect(deltaAP.localisation).toBeCloseTo(0.5, 12);
    expect(deltaAP.background).toBeCloseTo((51 / 101) * 0.5 * 0.5, 12);
    expect(deltaAP.missed).toBeCloseTo(0.5 * 0.5 * (1 - 51 / 101), 12);
    expect(falsePositives).toBeCloseTo((51 / 101) * 0.5 * 0.5, 12);
    expect(falseNegatives).toBeCloseTo(0.5 * 0.5 * (1 - 51 / 101), 12);
  });
});

describe('falsePositiveBreakdown', () => {
  it('names why each is wrong, and counts among as many as there are objects', () => {
    const [one, two] = falsePositiveBreakdown(truth, found, { similar: [[1, 2]] });
    expect(one.kinds).toEqual(['localisation', 'localisation', 'similar', 'similar', 'background', 'background']);
    expect(one).toMatchObject({ label: 1, positives: 2, considered: 2, truePositives: 1, counts: { localisation: 1, similar: 0, other: 0, background: 0 } });
    expect(two).toMatchObject({ label: 2, positives: 1, considered: 0, kinds: [] });
    expect(falsePositiveBreakdown(truth, found)[0].kinds[2]).toBe('other');
  });
});

describe('confusionMatrix', () => {
  it('counts what objects are taken for, pairs of highest IoU first; row and column 0 are the background', () => {
    // Object 0 as itself, 2 as class 1; 1 is overlooked. The second and later detections of class 1 find nothing.
    expect([...confusionMatrix(truth, found, 2, { minScore: 0 })]).toEqual([0, 5, 0, 1, 1, 0, 0, 1, 0]);
    expect([...confusionMatrix(truth, found, 2, { minScore: 0.85 })]).toEqual([0, 0, 0, 1, 1, 0, 1, 0, 0]);
    expect(() => confusionMatrix(truth, found, 1)).toThrow('expected labels up to 1, got 2');
  });
});

describe('calibration', () => {
  it('compares the scores of each bin with the part that found an object', () => {
    const boxes = [...square(0), ...square(100), ...square(500), ...square(600), ...square(320)];
    const { bins, ece, mce } = calibration(truth, [{ image: 'a', boxes, labels: [1, 1, 1, 1, 1], scores: [1, 0.7, 0.6, 0.1, 0.9] }], { binCount: 2 });
    expect(bins[0]).toEqual({ from: 0, to: 0.5, count: 1, confidence: 0.1, precision: 0 });
    expect(bins[1]).toMatchObject({ from: 0.5, to: 1, count: 3, precision: 2 / 3 });
    expect(bins[1].confidence).toBeCloseTo(2.3 / 3, 12);
    expect(ece).toBeCloseTo((0.1 + 0.3) / 4, 12);
    expect(mce).toBeCloseTo(0.1, 12);
    expect(calibration(truth, []).ece).toBeNaN();
    expect(() => calibration(truth, [{ image: 'a', boxes: square(0), labels: [1], scores: [2] }])).toThrow('detections of image "a": expected scores from 0 to 1, got 2 at 0');
  });
});
