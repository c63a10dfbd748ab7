import { createRng, maskFromRle, rleArea, rleBox } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { figureKeypoints, figureSkeleton, type FigureKeypoint } from './figure-keypoints.ts';
import { generateFigures } from './generate-figures.ts';
import { randomFigure } from './random-figure.ts';

/** FNV-1a, 32 bits. */
const hash = (bytes: Iterable<number>): number => {
  let value = 0x811c9dc5;
  for (const byte of bytes) {
    value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  }
  return value;
};
const size = 64;
const K = figureKeypoints.length;
const samples = Array.from({ length: 60 }, (_, seed) => generateFigures(createRng(seed), { size }));
const triplets = ({ keypoints }: (typeof samples)[number]): number[][] => Array.from({ length: keypoints.length / 3 }, (_, i) => [...keypoints.subarray(3 * i, 3 * i + 3)]);

describe('generateFigures', () => {
  it('gives the same bytes for the same seed, on this machine as on any other', () => {
    const { image, boxes, keypoints } = generateFigures(createRng(1), { size });
    expect(samples[1]).toEqual(generateFigures(createRng(1), { size }));
    expect([hash(image.data), hash(new Uint8Array(boxes.buffer)), hash(new Uint8Array(keypoints.buffer))]).toMatchInlineSnapshot(`
      [
        1956558204,
        346469651,
        4113068329,
      ]
    `);
    expect(generateFigures(createRng(2), { size }).image.data).not.toEqual(image.data);
  });

  it('draws one to three figures, with boxes tight around what is seen of them', () => {
    expect(new Set(samples.map(({ labels }) => labels.length))).toEqual(new Set([1, 2, 3]));
    for (const { boxes, masks, labels } of samples) {
      expect([...labels]).toEqual(masks.map(() => 1));
      expect([...boxes]).toEqual(masks.flatMap((mask) => [...rleBox(mask)]));
      expect(Math.min(...masks.map(rleArea))).toBeGreaterThan(20);
    }
  });

  it('calls a keypoint visible on the figure itself, hidden under another one, and not labelled outside of the image', () => {
    const seen = [0, 0, 0];
    for (const sample of samples) {
      const masks = sample.masks.map(maskFromRle);
      for (const [i, [x, y, v]] of triplets(sample).entries()) {
        seen[v]++;
        const owner = masks.findIndex((mask) => mask[Math.floor(y) * size + Math.floor(x)] === 1);
        if (v === 0) expect([x, y]).toEqual([0, 0]);
        // Rounding to sixteenths may carry a point across the side of a pixel.
        else if (x % 1 > 0 && y % 1 > 0) expect(owner === Math.floor(i / K)).toBe(v === 2);
      }
    }
    expect(Math.min(...seen)).toBeGreaterThan(3);
    expect(seen[2]).toBeGreaterThan(seen[0] + seen[1]);
  });

  it('shows the head of every figure, by which left and right are told', () => {
    for (const sample of samples) {
      triplets(sample).forEach(([, , v], i) => i % K === figureKeypoints.indexOf('head') && expect(v).toBe(2));
    }
  });

  it('draws what it is told to', () => {
    const { image, masks } = generateFigures(createRng(3), { size: 96, objects: [1, 1], scale: [0.5, 0.5] });
    expect([image.width, image.height, masks.length]).toEqual([96, 96, 1]);
    expect(() => generateFigures(createRng(1), { size: 8 })).toThrow('generateFigures: expected a size of 32 or more, and a range of objects, got 8, [1,3]');
    expect(() => generateFigures(createRng(1), { scale: [0.5, 2] })).toThrow('[0.5,2]');
  });
});

describe('randomFigure', () => {
  const figures = Array.from({ length: 80 }, (_, seed) => randomFigure(createRng(seed), { height: 100, centre: [200, 200], direction: [1, 0] }));

  it("has its left at the image's right if it faces us, and at the image's left if it does not", () => {
    expect(new Set(figures.map(({ facing }) => facing)).size).toBe(2);
    for (const { facing, keypoints } of figures) {
      for (const part of ['elbow', 'knee'] as const) {
        const between = keypoints[`left_${part}`][0] - keypoints[`right_${part}`][0];
        expect(Math.sign(between)).toBe(facing ? 1 : -1);
      }
    }
  });

  it('has its keypoints within its outline, and limbs of one length on both sides', () => {
    const length = ({ keypoints }: (typeof figures)[number], a: FigureKeypoint, b: FigureKeypoint): number =>
      Math.hypot(keypoints[a][0] - keypoints[b][0], keypoints[a][1] - keypoints[b][1]);
    for (const figure of figures) {
      for (const [x, y] of Object.values(figure.keypoints)) {
        expect(figure.outline.distance(x, y)).toBeLessThan(0);
        const [x1, y1, x2, y2] = figure.outline.extent;
        expect(x > x1 && y > y1 && x < x2 && y < y2).toBe(true);
      }
      expect(length(figure, 'left_elbow', 'left_hand')).toBeCloseTo(length(figure, 'right_elbow', 'right_hand'), 9);
      expect(length(figure, 'left_knee', 'left_foot')).toBeCloseTo(length(figure, 'right_knee', 'right_foot'), 9);
    }
  });

  it('has a skeleton that joins every keypoint', () => {
    expect(new Set(figureSkeleton.flat())).toEqual(new Set(figureKeypoints.keys()));
    expect(figureSkeleton).toHaveLength(K - 1);
  });
});
