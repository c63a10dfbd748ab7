import { describe, expect, it } from 'vitest';
import { evaluateCoco, evaluateCocoMasks } from '../coco.ts';
import { readCocoMaskResults } from '../read-coco-results.ts';
import { randomProblem } from '../testing/random-problem.ts';
import { readLvisGroundTruth, readLvisMaskGroundTruth } from './lvis-ground-truth.ts';
import { evaluateLvis, evaluateLvisMasks } from './lvis.ts';

/** A box 10 wide and 10 high. */
const square = (x: number): number[] => [x, 0, x + 10, 10];
const nowhere = { negativeLabels: [], notExhaustiveLabels: [] };

describe('evaluateLvis', () => {
  const truth = [
    { image: 1, boxes: square(0), labels: [1], negativeLabels: [2], notExhaustiveLabels: [] },
    { image: 2, boxes: square(0), labels: [2], negativeLabels: [], notExhaustiveLabels: [2] },
  ];

  it('leaves out detections of classes that an image is not annotated for', () => {
    const found = [{ image: 2, boxes: [...square(0), ...square(50)], labels: [2, 1], scores: [0.5, 0.9] }, { image: 1, boxes: square(0), labels: [1], scores: [0.8] }];
    expect(evaluateLvis(truth, found).AP).toBeCloseTo(1, 12);
  });

  it('counts detections of classes known to be absent', () => {
    const found = [{ image: 1, boxes: [...square(0), ...square(0)], labels: [1, 2], scores: [0.5, 0.9] }, { image: 2, boxes: square(0), labels: [2], scores: [0.8] }];
    expect(evaluateLvis(truth, found).AP).toBeCloseTo(0.75, 12);
  });

  it('ignores what finds nothing where a class is not annotated throughout', () => {
    const found = [{ image: 2, boxes: [...square(50), ...square(0)], labels: [2, 2], scores: [0.9, 0.8] }, { image: 1, boxes: square(0), labels: [1], scores: [0.8] }];
    expect(evaluateLvis(truth, found).AP).toBeCloseTo(1, 12);
    const exhaustive = truth.map((entry) => ({ ...entry, notExhaustiveLabels: [] }));
    expect(evaluateLvis(exhaustive, found).AP).toBeCloseTo(0.75, 12);
  });

  it('has the precision of rare, common and frequent classes, and a limit for all classes of an image', () => {
    const found = [{ image: 1, boxes: square(0), labels: [1], scores: [0.9] }, { image: 2, boxes: square(0), labels: [2], scores: [0.8] }];
    const { APr, APc, APf } = evaluateLvis(truth, found.slice(1), { frequencies: ['c', 'r'] });
    expect([APr, APc, APf]).toEqual([expect.closeTo(1, 12), 0, NaN]);
    const both = [{ image: 1, boxes: [...square(50), ...square(0)], labels: [2, 1], scores: [0.9, 0.8] }];
    expect(evaluateLvis(truth, both, { maxDetections: 1 }).AR).toBe(0);
    expect(evaluateLvis(truth, both, { maxDetections: 2 }).AR).toBe(0.5);
  });

  it('equals the figures of COCO where everything is annotated', () => {
    for (let seed = 0; seed < 40; seed++) {
      const { groundTruth, results } = randomProblem(seed);
      const ids = groundTruth.categories.map(({ id }) => id);
      const lvis = {
        images: groundTruth.images.map((image) => ({ ...image, neg_category_ids: ids, not_exhaustive_category_ids: [] })),
        categories: groundTruth.categories.map((category) => ({ ...category, frequency: 'c' })),
        annotations: groundTruth.annotations.map((annotation) => ({ ...annotation, iscrowd: 0 })),
      };
      const truth = readLvisMaskGroundTruth(lvis);
      const found = readCocoMaskResults(results, truth);
      const options = { maxDetections: 1000, frequencies: truth.frequencies };
      for (const [own, coco] of [
        [evaluateLvis(truth.groundTruth, found, options), evaluateCoco(truth.groundTruth, found, { maxDetections: [1, 10, 1000] })],
        [evaluateLvisMasks(truth.groundTruth, found, options), evaluateCocoMasks(truth.groundTruth, found, { maxDetections: [1, 10, 1000] })],
      ]) {
        expect([own.AP, own.APs, own.ARl]).toEqual([coco.AP, coco.APs, coco.ARl]);
        expect('APc' in own && own.APc).toEqual(coco.AP);
      }
    }
  });
});

describe('readLvisGroundTruth', () => {
  const file = { images: [{ id: 1, ...{ neg_category_ids: [7], not_exhaustive_category_ids: [] } }], categories: [{ id: 7, name: 'a', frequency: 'r' }], annotations: [] };

  it('reads which classes an image is annotated for, and how frequent they are', () => {
    const { groundTruth, frequencies } = readLvisGroundTruth(file);
    expect(groundTruth[0]).toMatchObject({ image: 1, ...nowhere, negativeLabels: [1] });
    expect(frequencies).toEqual(['r']);
  });

  it.each([
    [{ ...file, images: [{ id: 1 }] }, 'l.json: images[0].neg_category_ids: expected an array, got nothing'],
    [{ ...file, images: [{ id: 1, neg_category_ids: [3] }] }, 'l.json: images[0].neg_category_ids[0]: expected the id of one of categories, got 3'],
    [{ ...file, categories: [{ id: 7, name: 'a' }] }, 'l.json: categories[0].frequency: expected r, c or f, got nothing'],
  ])('names the place of a problem: %#', (json, message) => {
    expect(() => readLvisGroundTruth(json, 'l.json')).toThrow(message);
  });
});
