import { classifyDetections } from '@rcnn/eval';
import { describe, expect, it } from 'vitest';
import { operatingPoint } from './operating-point.ts';

/** A box 10 wide and 10 high. */
const square = (x: number): number[] => [x, 0, x + 10, 10];
const truth = [{ image: 1, boxes: [...square(0), ...square(20), ...square(40)], labels: [1, 1, 1] }];
const at = (detections: Parameters<typeof operatingPoint>[1]): ReturnType<typeof operatingPoint> => operatingPoint(classifyDetections(truth, detections), detections);

describe('operatingPoint', () => {
  it('is where the harmonic mean of precision and recall is highest', () => {
    const boxes = [...square(0), ...square(20), ...square(90), ...square(70), ...square(40)];
    const found = at([{ image: 1, boxes, labels: [1, 1, 1, 1, 1], scores: [0.9, 0.8, 0.7, 0.6, 0.1] }]);
    // F1 after each: 1/2, 4/5, 2/3, 4/7, 3/4.
    expect(found).toEqual({ score: 0.8, precision: 1, recall: 2 / 3 });
  });

  it('takes all of equal scores, or none', () => {
    const found = at([{ image: 1, boxes: [...square(0), ...square(90), ...square(20)], labels: [1, 1, 1], scores: [0.5, 0.5, 0.5] }]);
    expect(found).toEqual({ score: 0.5, precision: 2 / 3, recall: 2 / 3 });
  });

  it('is nowhere if nothing is right', () => {
    expect(at([{ image: 1, boxes: square(90), labels: [1], scores: [0.5] }])).toBeUndefined();
    expect(at([])).toBeUndefined();
  });
});
