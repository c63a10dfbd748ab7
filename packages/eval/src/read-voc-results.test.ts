import { describe, expect, it } from 'vitest';
import { readVocResults } from './read-voc-results.ts';

describe('readVocResults', () => {
  it('gathers the detections of all classes by image', () => {
    const files = [
      { file: 'comp3_det_test_cat.txt', text: '000012 0.9 1 2 30.5 40\r\n000007 1e-3 5 6 7 8\n\n', label: 2 },
      { file: 'comp3_det_test_dog.txt', text: '000012 -1.5 1 1 2 2', label: 3 },
    ];
    expect(readVocResults(files, ['000007', '000012'])).toEqual([
      { image: '000012', boxes: [1, 2, 30.5, 40, 1, 1, 2, 2], labels: [2, 3], scores: [0.9, -1.5] },
      { image: '000007', boxes: [5, 6, 7, 8], labels: [2], scores: [1e-3] },
    ]);
    expect(readVocResults([{ file: 'f', text: '7 1 1 1 2 2', label: 1 }], [7])[0].image).toBe(7);
  });

  it.each([
    ['a 1 2 3 4', 'r.txt:2: expected an image, a score and four coordinates, got a 1 2 3 4'],
    ['a nan 1 2 3 4', 'r.txt:2: expected an image, a score and four coordinates, got a nan 1 2 3 4'],
    ['a 1 5 2 4 4', 'r.txt:2: expected a box with xmin <= xmax and ymin <= ymax, got a 1 5 2 4 4'],
    ['c 1 1 2 3 4', 'r.txt:2: expected an image of the ground truth, got c 1 1 2 3 4'],
  ])('names file and line of %s', (line, message) => {
    expect(() => readVocResults([{ file: 'r.txt', text: `a 1 1 2 3 4\n${line}\n`, label: 1 }], ['a'])).toThrow(message);
  });
});
