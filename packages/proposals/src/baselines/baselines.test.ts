import { boxCount } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { randomBoxes } from './random-boxes.ts';
import { slidingWindows } from './sliding-windows.ts';

const size = { width: 60, height: 40 };
const isWithin = (boxes: Float32Array): boolean =>
  boxes.every((value, i) => value >= 0 && value <= (i % 2 === 0 ? 60 : 40) + 1e-4 && (i % 4 < 2 || value >= boxes[i - 2]));

describe('randomBoxes', () => {
  it('gives boxes within the image, the same for a seed, fewer the first of more', () => {
    const { boxes, scores } = randomBoxes(size, { count: 500, seed: 7, minBoxSize: 10 });
    expect(isWithin(boxes)).toBe(true);
    expect([...scores].every((score, i) => score > 0 && (i === 0 || score < scores[i - 1]))).toBe(true);
    expect([...boxes].every((value, i) => i % 4 < 2 || value - boxes[i - 2] > 9.999)).toBe(true);
    expect(randomBoxes(size, { count: 100, seed: 7, minBoxSize: 10 }).boxes).toEqual(boxes.slice(0, 400));
    expect(randomBoxes(size, { count: 500, seed: 8, minBoxSize: 10 }).boxes).not.toEqual(boxes);
  });

  it('gives the whole image where the smallest box is larger', () => {
    expect([...randomBoxes({ width: 1, height: 5 }, { count: 1, minBoxSize: 20 }).boxes]).toEqual([0, 0, 1, 5]);
    expect(() => randomBoxes(size, { count: -1 })).toThrow('randomBoxes: expected');
  });
});

describe('slidingWindows', () => {
  it('covers the image with every scale and ratio', () => {
    const { boxes, scores } = slidingWindows(size, { scales: [0.5], ratios: [1], stride: 0.5 });
    expect(isWithin(boxes)).toBe(true);
    // Squares of 20 in steps of 10: five across, three down.
    expect([boxCount(boxes), scores.length]).toEqual([15, 15]);
    const starts = [...boxes].filter((_, i) => i % 4 === 0);
    expect([...new Set(starts)].sort((a, b) => a - b)).toEqual([0, 10, 20, 30, 40]);
  });

  it('cuts what is larger than the image, and shuffles by the seed', () => {
    expect([...slidingWindows(size, { scales: [4], ratios: [1] }).boxes]).toEqual([0, 0, 60, 40]);
    expect(slidingWindows(size, { seed: 1 })).toEqual(slidingWindows(size, { seed: 1 }));
    expect(slidingWindows(size, { seed: 1 }).boxes).not.toEqual(slidingWindows(size, { seed: 2 }).boxes);
    expect(isWithin(slidingWindows(size).boxes)).toBe(true);
    expect(() => slidingWindows(size, { scales: [0] })).toThrow('slidingWindows: expected');
  });
});
