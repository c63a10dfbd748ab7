import { asBoxes, boxIou, createRng, takeBoxes } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { hardExamples } from './hard-examples.ts';

describe('hardExamples', () => {
  it('takes the regions of the largest loss, the worst first', () => {
    const apart = asBoxes([0, 0, 9, 9, 20, 0, 29, 9, 40, 0, 49, 9, 60, 0, 69, 9]);
    expect([...hardExamples(Float32Array.of(0.1, 3, 0.5, 2), apart, { count: 3 })]).toEqual([1, 3, 2]);
  });

  it('passes over a region that overlaps a worse one by more than the threshold', () => {
    const boxes = asBoxes([0, 0, 10, 10, 0, 0, 10, 9, 0, 0, 10, 6]);
    expect([...hardExamples(Float32Array.of(1, 2, 0.5), boxes)]).toEqual([1, 2]);
    expect([...hardExamples(Float32Array.of(1, 2, 0.5), boxes, { nmsThreshold: 1 })]).toEqual([1, 0, 2]);
  });

  it('gives what a greedy loop gives', () => {
    const rng = createRng(5);
    const boxes = asBoxes(Array.from({ length: 80 }, () => [rng.uniform() * 20, rng.uniform() * 20]).flatMap(([x, y]) => [x, y, x + 12, y + 12]));
    const losses = Float32Array.from({ length: 80 }, () => rng.uniform());
    const order = [...losses.keys()].sort((i, j) => losses[j] - losses[i]);
    const kept: number[] = [];
    for (const i of order) {
      if (kept.every((other) => boxIou(takeBoxes(boxes, [i]), takeBoxes(boxes, [other]))[0] <= 0.7)) kept.push(i);
    }
    expect([...hardExamples(losses, boxes, { count: 20 })]).toEqual(kept.slice(0, 20));
  });

  it('refuses another number of losses than of boxes', () => {
    expect(() => hardExamples(Float32Array.of(1), asBoxes([]))).toThrow('expected a loss for each of 0 boxes, got 1');
  });
});
