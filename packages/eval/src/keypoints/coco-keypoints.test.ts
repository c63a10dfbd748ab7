import { describe, expect, it } from 'vitest';
import { cocoIouThresholds } from '../coco-options.ts';
import fixtures from '../fixtures/coco-keypoints.json';
import { readCocoKeypointGroundTruth } from '../read-coco-ground-truth.ts';
import { readCocoKeypointResults } from '../read-coco-results.ts';
import { literalKeypoints } from '../testing/literal-keypoints.ts';
import { keypointsEach, randomKeypoints } from '../testing/random-keypoints.ts';
import { cocoKeypointFigureNames, type CocoKeypointFigures } from './coco-keypoint-figures.ts';
import { evaluateCocoKeypoints } from './coco-keypoints.ts';
import { cocoKeypointSigmas, keypointSigmas } from './sigmas.ts';

const statsOf = (figures: CocoKeypointFigures): number[] => cocoKeypointFigureNames.map((name) => (Number.isNaN(figures[name]) ? -1 : figures[name]));
const read = (seed: number): Parameters<typeof evaluateCocoKeypoints> => {
  const { groundTruth, results } = randomKeypoints(seed);
  const truth = readCocoKeypointGroundTruth(groundTruth);
  return [truth.groundTruth, readCocoKeypointResults(results, truth)];
};
function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-12);
}

describe('evaluateCocoKeypoints', () => {
  it(`equals the COCO API on ${fixtures.people.length} random problems`, () => {
    fixtures.people.forEach((expected, seed) => expectClose(statsOf(evaluateCocoKeypoints(...read(seed))), expected));
  });

  it('equals the COCO API with other sigmas', () => {
    const sigmas = Array.from({ length: keypointsEach }, (_, k) => 0.02 + 0.005 * k);
    fixtures.ownSigmas.forEach((expected, seed) => {
      const [groundTruth, detections] = read(seed);
      expectClose(statsOf(evaluateCocoKeypoints(groundTruth, detections, { sigmas })), expected);
    });
  });

  it('equals the rule taken literally, class by class, and by size', () => {
    for (let seed = 100; seed < 105; seed++) {
      const [groundTruth, detections] = read(seed);
      for (const { label, AP, AR, APm, ARm, APl, ARl } of evaluateCocoKeypoints(groundTruth, detections).classes) {
        const literal = (least: number, most: number): { ap: number; ar: number } =>
          literalKeypoints(groundTruth, detections, { label, sigmas: cocoKeypointSigmas, thresholds: cocoIouThresholds, least, most });
        for (const [own, range] of [[[AP, AR], [0, 1e10]], [[APm, ARm], [1024, 9216]], [[APl, ARl], [9216, 1e10]]] as const) {
          const { ap, ar } = literal(range[0], range[1]);
          [ap, ar].forEach((value, i) => (Number.isNaN(value) ? expect(own[i]).toBeNaN() : expect(own[i]).toBeCloseTo(value, 9)));
        }
      }
    }
  });

  const person = { image: 1, boxes: [0, 0, 100, 100], labels: [1] };
  const sigmas = [0.05, 0.1];

  it('is the mean of exp(−d² / (2 · area · (2σ)²)) over the labelled keypoints', () => {
    // d = 10 of an area of 10⁴ and σ = .05: exp(−½) = .6065; the other is where it should be; the mean of both is .803.
    const found = { ...person, scores: [1], keypoints: [20, 10, 1, 50, 50, 1] };
    const { AP, AR } = evaluateCocoKeypoints([{ ...person, keypoints: [10, 10, 2, 50, 50, 1] }], [found], { sigmas });
    expect([AP, AR]).toEqual([expect.closeTo(0.7, 12), expect.closeTo(0.7, 12)]); // .5, .55, … .8 of ten thresholds
    const alone = evaluateCocoKeypoints([{ ...person, keypoints: [10, 10, 2, 0, 0, 0] }], [found], { sigmas });
    expect(alone.AP).toBeCloseTo(0.3, 12);
  });

  it('ignores an object without labelled keypoints, with one detection around it, and a crowd with any number', () => {
    const labels = [1, 1];
    const at = (x: number): number[] => [x, 10, 1, x, 50, 1];
    const boxes = [...person.boxes, 1000, 0, 1100, 100];
    const truth = { image: 1, boxes, labels, keypoints: [...at(10).map((value, i) => (i % 3 === 2 ? 2 : value)), 0, 0, 0, 0, 0, 0] };
    // The box grown threefold reaches from 900 to 1200.
    const found = (...xs: number[]): Parameters<typeof evaluateCocoKeypoints>[1] => [
      { image: 1, boxes: xs.flatMap((x) => [x, 0, x + 100, 100]), labels: xs.map(() => 1), scores: xs.map((_, i) => 1 - i / 10), keypoints: xs.flatMap(at) },
    ];
    expect(evaluateCocoKeypoints([truth], found(905, 10), { sigmas })).toMatchObject({ AP: expect.closeTo(1, 12) as number, classes: [{ positives: 1 }] });
    expect(evaluateCocoKeypoints([truth], found(905, 1195, 10), { sigmas }).AP).toBeCloseTo(0.5, 12);
    expect(evaluateCocoKeypoints([{ ...truth, crowd: [false, true] }], found(905, 1195, 10), { sigmas }).AP).toBeCloseTo(1, 12);
    expect(evaluateCocoKeypoints([truth], found(700, 10), { sigmas }).AP).toBeCloseTo(0.5, 12);
  });

  it('names an entry whose keypoints are not as many as the sigmas, or are no numbers', () => {
    const found = { ...person, scores: [1], keypoints: [1, 1, 1, 2, 2, 1] };
    const wanted = 'expected 6 numbers in keypoints (3 for each of 2, as there are sigmas, for each of labels), got';
    expect(() => evaluateCocoKeypoints([person], [found], { sigmas })).toThrow(`evaluateCocoKeypoints: ground truth of image 1: ${wanted} 0`);
    const truth = [{ ...person, keypoints: [1, 1, 2, 2, 2, 2] }];
    expect(() => evaluateCocoKeypoints(truth, [{ ...found, keypoints: [1, 2, 3] }], { sigmas })).toThrow(`detections of image 1: ${wanted} 3`);
    expect(() => evaluateCocoKeypoints(truth, [{ ...found, keypoints: [1, 2, 3, NaN, 5, 6] }], { sigmas })).toThrow('expected finite numbers in keypoints, got NaN at 3');
    expect(() => evaluateCocoKeypoints(truth, [], { sigmas: [0.1, 0] })).toThrow('expected sigmas above 0, got [0.1, 0]');
    expect(() => evaluateCocoKeypoints(truth, [])).toThrow('expected 51 numbers');
  });
});

describe('keypointSigmas', () => {
  it("are COCO's by name, and .05 for a part that COCO does not have", () => {
    const coco = [0.26, 0.25, 0.25, 0.35, 0.35, 0.79, 0.79, 0.72, 0.72, 0.62, 0.62, 1.07, 1.07, 0.87, 0.87, 0.89, 0.89];
    expect(cocoKeypointSigmas).toEqual(coco.map((value) => value / 10));
    expect(keypointSigmas(['right_hip', 'tail', 'nose'])).toEqual([1.07 / 10, 0.05, 0.26 / 10]);
  });
});

describe('keypoints of COCO files', () => {
  const file = (parts: object = {}): object => ({
    images: [{ id: 4 }, { id: 9 }],
    categories: [{ id: 1, name: 'person', keypoints: ['nose', 'tail'] }, { id: 2, name: 'chair' }],
    annotations: [
      { id: 1, image_id: 9, category_id: 2, bbox: [1, 2, 3, 4] },
      { id: 2, image_id: 9, category_id: 1, bbox: [0, 0, 5, 5], keypoints: [1.5, 2, 2, 0, 0, 0], num_keypoints: 1 },
    ],
    ...parts,
  });

  it('are read with their names; an object without any has none labelled', () => {
    const truth = readCocoKeypointGroundTruth(file());
    expect(truth).toMatchObject({ keypointNames: ['nose', 'tail'], keypointCount: 2 });
    expect(truth.groundTruth.map(({ keypoints }) => Array.from(keypoints ?? []))).toEqual([[], [0, 0, 0, 0, 0, 0, 1.5, 2, 2, 0, 0, 0]]);
    const nameless = readCocoKeypointGroundTruth(file({ categories: [{ id: 1, name: 'person' }, { id: 2, name: 'chair' }] }));
    expect(nameless).toMatchObject({ keypointCount: 2 });
    const [found] = readCocoKeypointResults([{ image_id: 9, category_id: 1, keypoints: [1, 5, 1, 4, 2, 1], score: 0.5 }], truth);
    expect(found).toMatchObject({ boxes: [1, 2, 4, 5], boxArea: [9], keypoints: Float64Array.of(1, 5, 1, 4, 2, 1) });
    const boxed = readCocoKeypointResults([{ image_id: 9, category_id: 1, bbox: [0, 0, 9, 9], keypoints: [1, 5, 1, 4, 2, 1], score: 0.5 }], truth);
    expect(boxed[0].boxes).toEqual([0, 0, 9, 9]);
  });

  it('are named with their place where they are wrong', () => {
    const annotated = (keypoints: unknown): (() => unknown) => () => readCocoKeypointGroundTruth(file({ annotations: [{ id: 1, image_id: 9, category_id: 1, bbox: [1, 2, 3, 4], keypoints }] }), 'k.json');
    expect(annotated([1, 2, 2])).toThrow('k.json: annotations[0].keypoints: expected 6 numbers, 3 for each of 2 keypoints, got "3 numbers"');
    expect(annotated([1, 2, 2, 'x', 0, 0])).toThrow('k.json: annotations[0].keypoints[3]: expected a number, got "x"');
    const two = [{ id: 1, name: 'person', keypoints: ['nose'] }, { id: 2, name: 'chair', keypoints: ['seat'] }];
    expect(() => readCocoKeypointGroundTruth(file({ categories: two }), 'k.json')).toThrow('k.json: categories: expected the same keypoints in all that have any, nose, got ["seat"]');
    expect(() => readCocoKeypointGroundTruth(file({ categories: [{ id: 1, name: 'person' }], annotations: [] }), 'k.json')).toThrow('k.json: expected keypoints in a category or an annotation, got none');
    expect(() => readCocoKeypointResults([{ image_id: 9, category_id: 1, bbox: [0, 0, 1, 1], score: 1 }], readCocoKeypointGroundTruth(file()), 'r.json')).toThrow('r.json: [0].keypoints: expected 6 numbers, 3 for each of 2 keypoints, got nothing');
  });
});
