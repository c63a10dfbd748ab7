import { describe, expect, it } from 'vitest';
import { readCocoGroundTruth, readCocoMaskGroundTruth } from './read-coco-ground-truth.ts';
import { readCocoMaskResults, readCocoResults } from './read-coco-results.ts';

const file = {
  images: [{ id: 9 }, { id: 4 }],
  categories: [{ id: 18, name: 'dog' }, { id: 1, name: 'person' }],
  annotations: [
    { id: 1, image_id: 9, category_id: 18, bbox: [1, 2, 3, 4], iscrowd: 1, area: 5 },
    { id: 2, image_id: 9, category_id: 1, bbox: [0.1, 0.2, 0.3, 0.4] },
  ],
};
const truth = readCocoGroundTruth(file);

describe('readCocoGroundTruth', () => {
  it('gives images and categories in the order of their ids, and boxes as corners in double precision', () => {
    expect(truth.classes).toEqual(['person', 'dog']);
    expect(truth.categoryIds).toEqual([1, 18]);
    expect(truth.groundTruth).toEqual([
      { image: 4, boxes: [], labels: [], crowd: [], area: [], boxArea: [] },
      {
        image: 9,
        boxes: [1, 2, 4, 6, 0.1, 0.2, 0.1 + 0.3, 0.2 + 0.4],
        labels: [2, 1],
        crowd: [true, false],
        area: [5, 0.3 * 0.4],
        boxArea: [12, 0.3 * 0.4],
      },
    ]);
    expect(truth.images).toEqual([{ id: 4 }, { id: 9 }]);
  });

  const annotation = file.annotations[0];
  it.each([
    [[], 't.json: expected an object, got []'],
    [{ ...file, images: undefined }, 't.json: images: expected an array, got nothing'],
    [{ ...file, images: [{ id: 1 }, { id: 1 }] }, 't.json: images: expected every id once'],
    [{ ...file, categories: [{ id: 1 }] }, 't.json: categories[0].name: expected a string, got nothing'],
    [{ ...file, annotations: [{ ...annotation, image_id: 5 }] }, 't.json: annotations[0].image_id: expected the id of one of images, got 5'],
    [{ ...file, annotations: [{ ...annotation, category_id: '1' }] }, 't.json: annotations[0].category_id: expected a number, got "1"'],
    [{ ...file, annotations: [annotation, { ...annotation, bbox: [0, 0, -1, 2] }] }, 't.json: annotations[1].bbox: expected [x, y, width, height], no side below 0, got [0,0,-1,2]'],
    [{ ...file, annotations: [{ ...annotation, bbox: [0, 0, 1] }] }, 'got [0,0,1]'],
  ])('names the place of a problem: %#', (json, message) => {
    expect(() => readCocoGroundTruth(json, 't.json')).toThrow(message);
  });
});

describe('readCocoResults', () => {
  const result = { image_id: 9, category_id: 18, bbox: [1, 2, 3, 4], score: 0.5 };

  it('gathers the detections of each image', () => {
    expect(readCocoResults([result, { ...result, category_id: 1, score: 0.25 }], truth)).toEqual([
      { image: 9, boxes: [1, 2, 4, 6, 1, 2, 4, 6], labels: [2, 1], scores: [0.5, 0.25], boxArea: [12, 12] },
    ]);
  });

  it.each([
    [{}, 'r.json: expected an array, got {}'],
    [[result, { ...result, image_id: 1 }], 'r.json: [1].image_id: expected the id of an image of the ground truth, got 1'],
    [[{ ...result, category_id: 2 }], 'r.json: [0].category_id: expected the id of a category of the ground truth, got 2'],
    [[{ ...result, bbox: undefined }], 'r.json: [0].bbox: expected [x, y, width, height], no side below 0, got nothing'],
    [[{ ...result, score: null }], 'r.json: [0].score: expected a number, got null'],
  ])('names the place of a problem: %#', (json, message) => {
    expect(() => readCocoResults(json, truth, 'r.json')).toThrow(message);
  });
});

describe('masks of COCO files', () => {
  const sized = { ...file, images: [{ id: 9, width: 4, height: 2 }, { id: 4, width: 4, height: 2 }] };
  const withMask = (segmentation: unknown): unknown => ({ ...sized, annotations: [{ ...file.annotations[0], segmentation }] });

  it('come as polygons or run lengths of the image\'s size', () => {
    const { groundTruth } = readCocoMaskGroundTruth(withMask({ size: [2, 4], counts: [1, 3, 4] }));
    expect(groundTruth[1].masks).toEqual([{ height: 2, width: 4, counts: Uint32Array.of(1, 3, 4) }]);
  });

  it.each([
    [undefined, 't.json: annotations[0].segmentation: expected polygons, or size and counts, got nothing'],
    [{ size: [2, 4], counts: [1, 3] }, 't.json: annotations[0].segmentation: expected counts that add up to 8'],
    [{ size: [4, 2], counts: [8] }, 't.json: annotations[0].segmentation: expected the size of the image, 2 × 4'],
  ])('name the place of a problem: %#', (segmentation, message) => {
    expect(() => readCocoMaskGroundTruth(withMask(segmentation), 't.json')).toThrow(message);
  });

  it('need images whose size is stated', () => {
    expect(() => readCocoMaskGroundTruth(file, 't.json')).toThrow('t.json: images[0].width: expected a number, got nothing');
    const result = { image_id: 9, category_id: 18, segmentation: { size: [2, 4], counts: 'x' }, score: 1 };
    expect(() => readCocoMaskResults([result], truth, 'r.json')).toThrow('r.json: [0].segmentation: expected an image whose size the ground truth states');
  });
});
