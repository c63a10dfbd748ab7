import { boxCount, createRng, maskFromRle, rleArea } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { generateShapes } from './generate-shapes.ts';
import { placeShape, shapeClasses } from './outline.ts';

/** FNV-1a, 32 bits. */
const hash = (bytes: Iterable<number>): number => {
  let value = 0x811c9dc5;
  for (const byte of bytes) {
    value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  }
  return value;
};
const samples = Array.from({ length: 60 }, (_, seed) => generateShapes(createRng(seed)));

describe('generateShapes', () => {
  it('gives the same bytes for the same seed, on this machine as on any other', () => {
    const { image, boxes, masks } = generateShapes(createRng(1));
    expect(generateShapes(createRng(1))).toEqual({ ...samples[1] });
    expect([hash(image.data), hash(new Uint8Array(boxes.buffer)), hash(masks.flatMap((mask) => [...maskFromRle(mask)]))]).toMatchInlineSnapshot(`
      [
        3231396543,
        2237691171,
        1579960836,
      ]
    `);
    expect(generateShapes(createRng(2)).image.data).not.toEqual(image.data);
  });

  it('draws one to six shapes of all classes, small and large', () => {
    const counts = samples.map(({ boxes }) => boxCount(boxes));
    expect(Math.min(...counts)).toBe(1);
    expect(Math.max(...counts)).toBe(6);
    expect(new Set(samples.flatMap(({ labels }) => [...labels]))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    const sides = samples.flatMap(({ boxes }) => Array.from({ length: boxCount(boxes) }, (_, i) => boxes[4 * i + 2] - boxes[4 * i]));
    expect(Math.min(...sides)).toBeLessThan(20);
    expect(Math.max(...sides)).toBeGreaterThan(58);
    expect(Math.max(...sides)).toBeLessThanOrEqual(64);
  });

  it('keeps boxes inside the image and masks inside their boxes, and tight where nothing covers', () => {
    let whole = 0;
    for (const { image, boxes, masks } of samples) {
      const covered = new Set<number>();
      for (const [i, mask] of masks.map(maskFromRle).entries()) {
        const [x1, y1, x2, y2] = boxes.subarray(4 * i, 4 * i + 4);
        expect(x1 >= 0 && y1 >= 0 && x2 <= image.width && y2 <= image.height).toBe(true);
        const seen = [...mask.keys()].filter((pixel) => mask[pixel] === 1);
        const xs = seen.map((pixel) => pixel % image.width);
        const ys = seen.map((pixel) => Math.floor(pixel / image.width));
        const gaps = [Math.min(...xs) - x1, Math.min(...ys) - y1, x2 - 1 - Math.max(...xs), y2 - 1 - Math.max(...ys)];
        expect(Math.min(...gaps)).toBeGreaterThan(-0.6);
        whole += Math.max(...gaps) < 2 ? 1 : 0;
        // No pixel belongs to two shapes.
        expect(seen.some((pixel) => covered.has(pixel))).toBe(false);
        seen.forEach((pixel) => covered.add(pixel));
      }
    }
    expect(whole).toBeGreaterThan(100);
  });

  it('covers some shapes, but none for the most part, and cuts some at the edge', () => {
    // A square tilted by a slope of .4 covers (1 + .4²) / (1 + .4)² = 59 % of its box; 60 % of it is seen at least.
    const squares = samples.flatMap(({ boxes, masks, labels, truncated }) =>
      [...labels.keys()].filter((i) => labels[i] === 2 && truncated[i] === 0).map((i) => {
        const [x1, y1, x2, y2] = boxes.subarray(4 * i, 4 * i + 4);
        return rleArea(masks[i]) / ((x2 - x1) * (y2 - y1));
      }),
    );
    expect(Math.min(...squares)).toBeLessThan(0.58);
    expect(Math.min(...squares)).toBeGreaterThan(0.59 * 0.6 - 0.02);
    expect(samples.some(({ truncated }) => truncated.includes(1))).toBe(true);
  });

  it('draws what it is told to', () => {
    const { image, labels } = generateShapes(createRng(1), { size: 64, classes: ['ring'], objects: [2, 2], scale: [0.2, 0.3] });
    expect(image).toMatchObject({ width: 64, height: 64 });
    expect([...labels]).toEqual([1, 1]);
    expect(() => generateShapes(createRng(1), { classes: [] })).toThrow('expected a size of 16 or more, classes');
    expect(() => generateShapes(createRng(1), { scale: [0.5, 2] })).toThrow('[0.5,2]');
  });
});

describe('placeShape', () => {
  it('has its extent where its distance turns from positive to negative', () => {
    for (const shape of shapeClasses) {
      const { distance, extent } = placeShape(shape, { centre: [50, 40], direction: [0.6, 0.8], side: 30 });
      expect(Math.max(extent[2] - extent[0], extent[3] - extent[1])).toBeCloseTo(30, 9);
      expect([(extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2]).toEqual([expect.closeTo(50, 9), expect.closeTo(40, 9)]);
      const inside: [number, number][] = [];
      for (let y = 20; y < 60; y += 0.125) {
        for (let x = 30; x < 70; x += 0.125) {
          if (distance(x, y) <= 0) {
            inside.push([x, y]);
          }
        }
      }
      const xs = inside.map(([x]) => x);
      const ys = inside.map(([, y]) => y);
      const found = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
      found.forEach((value, i) => expect(Math.abs(value - extent[i])).toBeLessThan(0.6));
    }
  });
});
