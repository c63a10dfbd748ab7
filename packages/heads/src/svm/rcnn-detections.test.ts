import { asBoxes, createRng } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { adaptiveThreshold, rcnnDetections } from '../index.ts';

const regions = asBoxes([0, 0, 10, 10, 1, 0, 11, 10, 40, 40, 60, 60, 5, 0, 15, 10]);

describe("R-CNN's detections", () => {
  it('are suppressed class by class at .3, best first', () => {
    // Class 1: region 1 suppresses 0 (IoU 9 / 11) and 3 (6 / 14); class 2: region 0 suppresses 1 and 3 (5 / 15) too.
    const scores = Float32Array.of(1, 5, 2, 4, -1, -2, 0, 3);
    const { boxes, labels, scores: found } = rcnnDetections(scores, regions, 2);
    expect([...found]).toEqual([5, 2, -1, -2]);
    expect([...labels]).toEqual([2, 1, 1, 2]);
    expect([...boxes.subarray(0, 8)]).toEqual([0, 0, 10, 10, 1, 0, 11, 10]);
  });

  it('come from regions above the threshold of the class, the best `limit` of them, taken before suppression', () => {
    const scores = Float32Array.of(4, 3, 2, 1);
    expect([...rcnnDetections(scores, regions, 1, { scoreThreshold: 2 }).scores]).toEqual([4]);
    expect([...rcnnDetections(scores, regions, 1, { scoreThreshold: [1.5] }).scores]).toEqual([4, 2]);
    expect([...rcnnDetections(scores, regions, 1, { limit: 2 }).scores]).toEqual([4]);
  });

  it('are moved before they are suppressed', () => {
    const asked: [number, number[]][] = [];
    const found = rcnnDetections(Float32Array.of(4, 3, 2, 1), regions, 1, {
      limit: 3,
      boxesOf: (label, indices) => {
        asked.push([label, [...indices]]);
        return asBoxes([0, 0, 10, 10, 30, 30, 40, 40, 30, 30, 41, 41]);
      },
    });
    expect(asked).toEqual([[1, [0, 1, 2]]]);
    expect([...found.boxes]).toEqual([0, 0, 10, 10, 30, 30, 40, 40]);
    expect([...found.scores]).toEqual([4, 3]);
  });

  it("suppress by whole pixels with extent 1, as R-CNN's own code does", () => {
    const pair = asBoxes([0, 0, 9, 9, 5, 0, 14, 9]); // IoU 36 / 90 continuous, 50 / 150 in whole pixels
    const kept = (extent: 0 | 1) => rcnnDetections(Float32Array.of(2, 1), pair, 1, { extent, nmsThreshold: 0.31 }).scores.length;
    expect([kept(0), kept(1)]).toEqual([2, 1]);
  });

  it('are none of no regions', () => {
    expect(rcnnDetections(new Float32Array(0), asBoxes([]), 3).labels.length).toBe(0);
  });

  it('need a score a class and region', () => {
    expect(() => rcnnDetections(new Float32Array(5), regions, 2)).toThrow('rcnnDetections: expected 2 scores for each of 4 regions, got 5');
  });
});

describe('the adaptive threshold', () => {
  it('is the lowest of the best so far, as soon as there are more', () => {
    const rng = createRng(3);
    const best = adaptiveThreshold(50);
    const all: number[] = [];
    for (let image = 0; image < 20; image++) {
      const scores = Float32Array.from({ length: 7 }, rng.normal);
      best.add(scores);
      all.push(...scores);
      expect(best.threshold()).toBe(all.length > 50 ? all.toSorted((a, b) => b - a)[49] : -Infinity);
    }
  });
});
