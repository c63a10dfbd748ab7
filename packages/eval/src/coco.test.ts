import { rleFromPolygons } from '@rcnn/geometry';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateCoco, evaluateCocoMasks } from './coco.ts';
import type { CocoFigures } from './coco-figures.ts';
import fixtures from './fixtures/coco-api.json';
import random from './fixtures/coco-random.json';
import { readCocoGroundTruth, readCocoMaskGroundTruth } from './read-coco-ground-truth.ts';
import { readCocoMaskResults, readCocoResults } from './read-coco-results.ts';
import { randomProblem } from './testing/random-problem.ts';

const names = ['AP', 'AP50', 'AP75', 'APs', 'APm', 'APl', 'AR1', 'AR10', 'AR100', 'ARs', 'ARm', 'ARl'] as const;
const figuresOf = (result: CocoFigures): number[] => names.map((name) => result[name]);
const orMinusOne = (value: number): number => (Number.isNaN(value) ? -1 : value);

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  const worst = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
  expect(worst).toBeLessThan(1e-9);
}

/** Where results have no boxes, the COCO API goes by the masks' areas. */
const withoutBox = (result: object): unknown => Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'bbox'));

const folder = new URL('../../../../shared/data/coco-metrics/', import.meta.url);
const present = existsSync(folder);
const skipped = present ? '' : ' (skipped: ../shared/data/coco-metrics is absent)';
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

describe('evaluateCoco', () => {
  it.each(fixtures.cases)('equals the COCO API: $name', ({ groundTruth, results, options, expected }) => {
    const truth = readCocoGroundTruth(groundTruth);
    const result = evaluateCoco(truth.groundTruth, readCocoResults(results, truth), options);
    if (expected.figures.length > 0) expectClose(figuresOf(result).map(orMinusOne), expected.figures);

    // The API's arrays have every category of the file, ours those that occur.
    const { curves } = result;
    const [T, R, K] = [curves.iouThresholds.length, curves.recallThresholds.length, truth.classes.length];
    const conditions = curves.areaRanges.length * curves.maxDetections.length;
    const meanPrecision: number[] = [];
    const recall: number[] = [];
    for (let t = 0; t < T; t++) {
      for (let category = 1; category <= K; category++) {
        const k = curves.labels.indexOf(category);
        for (let c = 0; c < conditions; c++) {
          const at = (r: number): number => curves.precision[((t * R + r) * curves.labels.length + k) * conditions + c];
          const sum = Array.from({ length: R }, (_, r) => at(r)).reduce((a, b) => a + b, 0);
          meanPrecision.push(k < 0 ? -1 : orMinusOne(sum / R));
          recall.push(k < 0 ? -1 : orMinusOne(curves.recall[(t * curves.labels.length + k) * conditions + c]));
        }
      }
    }
    expectClose(meanPrecision, expected.meanPrecision);
    expectClose(recall, expected.recall);
  });

  it(`equals the COCO API on ${random.boxes.length} random problems`, () => {
    random.boxes.forEach((expected, seed) => {
      const { groundTruth, results } = randomProblem(seed);
      const truth = readCocoGroundTruth(groundTruth);
      expectClose(figuresOf(evaluateCoco(truth.groundTruth, readCocoResults(results, truth))).map(orMinusOne), expected);
    });
  });

  it('equals the COCO API on masks as boxes', () => {
    random.boxesOfMasks.forEach((expected, seed) => {
      const { groundTruth, results } = randomProblem(seed);
      const truth = readCocoMaskGroundTruth(groundTruth);
      const found = readCocoResults(results.map(withoutBox), truth);
      expectClose(figuresOf(evaluateCoco(truth.groundTruth, found)).map(orMinusOne), expected);
    });
  });

  it.skipIf(!present)(`equals the COCO API on its own sample${skipped}`, () => {
    const truth = readCocoGroundTruth(read('instances_val2014_100.json'));
    const results = readCocoResults(read('instances_val2014_fakebbox100_results.json'), truth);
    expectClose(figuresOf(evaluateCoco(truth.groundTruth, results)), [
      0.5045806987249628, 0.6969727247299577, 0.5729816669904824, 0.5856257209410443, 0.5193996948036719,
      0.5013978986347466, 0.38681277964578054, 0.5936795762842003, 0.595352982877607, 0.6398109626113442,
      0.5664205978994309, 0.5642905982905982,
    ]);
  });

  const square = (x: number): number[] => [x, 0, x + 10, 10];

  it('gives perfect detections figures of 1, and NaN where there is nothing to find', () => {
    const truth = [{ image: 'a', boxes: [...square(0), ...square(20)], labels: [1, 2] }];
    const result = evaluateCoco(truth, [{ ...truth[0], scores: [0.5, 0.6] }]);
    expect(result).toMatchObject({ APm: NaN, APl: NaN, ARm: NaN, ARl: NaN });
    for (const name of ['AP', 'AP50', 'AP75', 'APs', 'AR1', 'AR10', 'AR100', 'ARs'] as const) expect(result[name]).toBeCloseTo(1, 12);
    expect(result.classes.map(({ label, positives }) => [label, positives])).toEqual([[1, 1], [2, 1]]);
    expect(figuresOf(evaluateCoco([], []))).toEqual(names.map(() => NaN));
  });

  it('lets a crowd swallow any number of detections, and counts none of them', () => {
    const truth = [{ image: 1, boxes: [...square(0), 100, 0, 200, 100], labels: [1, 1], crowd: [false, true] }];
    const boxes = [...square(110), ...square(130), ...square(150), ...square(0)];
    const swallowed = evaluateCoco(truth, [{ image: 1, boxes, labels: [1, 1, 1, 1], scores: [0.9, 0.8, 0.7, 0.6] }]);
    expect(swallowed.AP).toBeCloseTo(1, 12);
    expect(swallowed.classes[0].positives).toBe(1);
  });

  it('goes by the area stated, not that of the box, to say what is small', () => {
    const truth = [{ image: 1, boxes: [0, 0, 40, 40], labels: [1], area: [900] }];
    const result = evaluateCoco(truth, [{ image: 1, boxes: [0, 0, 40, 40], labels: [1], scores: [1] }]);
    expect([orMinusOne(result.APm), Math.round(result.APs)]).toEqual([-1, 1]);
  });

  it('refuses options that are out of order', () => {
    expect(() => evaluateCoco([], [], { maxDetections: [100, 10] })).toThrow('expected maxDetections above 0 in ascending order, got [100, 10]');
    expect(() => evaluateCoco([], [], { iouThresholds: [0.5, 1.5] })).toThrow('up to 1, got [0.5, 1.5]');
  });
});

describe('evaluateCocoMasks', () => {
  it(`equals the COCO API on ${random.masks.length} random problems`, () => {
    random.masks.forEach((expected, seed) => {
      const { groundTruth, results } = randomProblem(seed);
      const truth = readCocoMaskGroundTruth(groundTruth);
      const found = readCocoMaskResults(seed % 2 === 1 ? results.map(withoutBox) : results, truth);
      expectClose(figuresOf(evaluateCocoMasks(truth.groundTruth, found)).map(orMinusOne), expected);
    });
  });

  it.skipIf(!present)(`equals the COCO API on its own sample${skipped}`, () => {
    const truth = readCocoMaskGroundTruth(read('instances_val2014_100.json'));
    const results = readCocoMaskResults(read('instances_val2014_fakesegm100_results.json'), truth);
    expectClose(figuresOf(evaluateCocoMasks(truth.groundTruth, results)), [
      0.3195452758576433, 0.5622883972521636, 0.29892653412086784, 0.3873740315997838, 0.31018272403369485,
      0.3269339071005138, 0.2682297225711534, 0.41544868114906375, 0.4168394992198818, 0.4694498622754236,
      0.37675922666197265, 0.3814715099715099,
    ]);
  });

  it('goes by the areas of the masks where none are stated, and needs masks', () => {
    const mask = rleFromPolygons([[0, 0, 20, 0, 20, 20, 0, 20]], 200, 200);
    const truth = [{ image: 1, boxes: [0, 0, 150, 150], labels: [1], masks: [mask] }];
    expect(evaluateCocoMasks(truth, [{ ...truth[0], scores: [1] }])).toMatchObject({ APm: NaN, APl: NaN });
    expect(() => evaluateCocoMasks([{ image: 1, boxes: [0, 0, 1, 1], labels: [1] }], [])).toThrow('expected masks in every entry, got none in that of image 1');
  });
});
