import { asBoxes, createRng, emptyBoxes } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import golden from './fixtures/keypoints.json' with { type: 'json' };
import { heatmapsToKeypoints } from './index.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise } from '@rcnn/tooling/testing/noise';

const boxes = asBoxes(golden.boxes.flat());

/** Keys's kernel with a = −¾. */
function kernel(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.25 * x ** 3 - 2.25 * x ** 2 + 1;
  return x < 2 ? -0.75 * x ** 3 + 3.75 * x ** 2 - 6 * x + 3 : 0;
}

/** A map m × m resized to whole pixels, every one of them. */
function resized(map: Float32Array, side: number, width: number, height: number): number[] {
  const clamped = (i: number): number => Math.min(side - 1, Math.max(0, i));
  return Array.from({ length: width * height }, (_, pixel) => {
    const x = (((pixel % width) + 0.5) * side) / width - 0.5;
    const y = ((Math.floor(pixel / width) + 0.5) * side) / height - 0.5;
    let sum = 0;
    for (let i = Math.floor(y) - 1; i <= Math.floor(y) + 2; i++) {
      for (let j = Math.floor(x) - 1; j <= Math.floor(x) + 2; j++) sum += kernel(y - i) * kernel(x - j) * map[clamped(i) * side + clamped(j)];
    }
    return sum;
  });
}

describe('keypoints from heat maps', () => {
  it.each(golden.decoding)("of $size cells a side equal torchvision's, and so do their scores", ({ size, seed, scale, keypoints, scores }) => {
    const heatmaps = noise([6, size, size, 4], seed).map((value) => value * scale);
    const found = heatmapsToKeypoints(heatmaps, boxes, 4);
    expectNear(found.keypoints, floats(keypoints), 1e-5);
    expectNear(found.scores, floats(scores), 1e-5);
  });

  it('are the highest pixels of the whole resized maps, be these rough, smooth or a single peak', () => {
    const rng = createRng(8);
    const side = 9;
    for (let trial = 0; trial < 60; trial++) {
      const [width, height] = [1 + 50 * rng.uniform(), 1 + 50 * rng.uniform()];
      const [cx, cy, sharp] = [side * rng.uniform(), side * rng.uniform(), rng.uniform() < 0.5 ? 0.02 : 2];
      const rough = trial % 3 === 0 ? 1 : 0.01;
      const map = Float32Array.from({ length: side * side }, (_, i) =>
        10 * Math.exp(-sharp * (((i % side) - cx) ** 2 + (Math.floor(i / side) - cy) ** 2)) + rough * rng.normal(),
      );
      const { keypoints, scores } = heatmapsToKeypoints(map, asBoxes([5, 7, 5 + width, 7 + height]), 1);
      const [columns, rows] = [Math.ceil(Math.fround(5 + width) - 5), Math.ceil(Math.fround(7 + height) - 7)];
      const pixels = resized(map, side, columns, rows);
      const highest = pixels.reduce((best, value, i) => (value > pixels[best] ? i : best), 0);
      expectNear([...keypoints, ...scores], [5 + (((highest % columns) + 0.5) * width) / columns, 7 + ((Math.floor(highest / columns) + 0.5) * height) / rows, 1, pixels[highest]], 1e-5);
    }
  });

  it('lie in the first of several pixels that are as high, and a box of no extent is a pixel', () => {
    expect([...heatmapsToKeypoints(new Float32Array(16), asBoxes([10, 20, 14, 24]), 1).keypoints]).toEqual([10.5, 20.5, 1]);
    expect([...heatmapsToKeypoints(new Float32Array(16).fill(3), asBoxes([10, 20, 10, 20]), 1).keypoints]).toEqual([10.5, 20.5, 1]);
  });

  it('of no region are none, and numbers that are no squares are refused', () => {
    expect(heatmapsToKeypoints(new Float32Array(0), emptyBoxes(0), 17).keypoints).toHaveLength(0);
    expect(() => heatmapsToKeypoints(new Float32Array(24), asBoxes([0, 0, 4, 4]), 2)).toThrow('heatmapsToKeypoints: expected square heat maps of 2 keypoints of 1 regions, got 24 numbers');
    expect(() => heatmapsToKeypoints(new Float32Array(0), asBoxes([0, 0, 4, 4]), 2)).toThrow('of 2 keypoints of 1 regions, got 0 numbers');
    expect(() => heatmapsToKeypoints(new Float32Array(8), emptyBoxes(0), 2)).toThrow('of 2 keypoints of 0 regions, got 8 numbers');
  });
});
