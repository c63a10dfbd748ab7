import { describe, expect, it } from 'vitest';
import { evaluateVoc } from './voc.ts';

const truth = { image: 'a', boxes: [0, 0, 1, 1], labels: [1] };
const found = { ...truth, scores: [0.5] };

describe('the inputs of an evaluation', () => {
  it.each([
    ['an image twice', [truth, truth], [], 'ground truth of image "a": expected one entry an image'],
    ['boxes and labels of different lengths', [{ ...truth, labels: [1, 2] }], [], 'expected 8 numbers in boxes (4 for each of labels), got 4'],
    ['a flag too many', [{ ...truth, crowd: [0, 1] }], [], 'expected 1 entries in crowd (one for each of labels), got 2'],
    ['the background as a label', [{ ...truth, labels: [0] }], [], 'expected integers from 1 in labels, got 0 at 0'],
    ['a box inside out', [{ ...truth, boxes: [1, 0, 0, 1] }], [], 'expected x1 <= x2 and y1 <= y2 in boxes, got [1, 0, 0, 1] at 0'],
    ['an area that is not a number', [{ ...truth, area: [NaN] }], [], 'expected finite numbers in area, got NaN at 0'],
    ['an unknown image', [truth], [{ ...found, image: 'b' }], 'detections of image "b": expected an image of the ground truth'],
    ['detections of an image twice', [truth], [found, found], 'detections of image "a": expected one entry an image'],
    ['a score that is not a number', [truth], [{ ...found, scores: [NaN] }], 'expected finite numbers in scores, got NaN at 0'],
  ])('may not have %s', (_, groundTruth, detections, message) => {
    expect(() => evaluateVoc(groundTruth, detections)).toThrow(message);
  });

  it('may be any arrays of numbers', () => {
    const typed = { image: 1, boxes: Float32Array.of(0, 0, 1, 1), labels: Int32Array.of(1), difficult: Uint8Array.of(0) };
    const { mAP } = evaluateVoc([typed], [{ image: 1, boxes: typed.boxes, labels: typed.labels, scores: Float32Array.of(0.5) }]);
    expect(mAP).toBe(1);
  });
});
