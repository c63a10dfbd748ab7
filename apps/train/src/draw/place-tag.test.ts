import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeTag } from './place-tag.ts';

const image = { width: 100, height: 100 };
const tag = { width: 30, height: 10 };
const box = { x: 20, y: 20, width: 40, height: 40 };

describe('placeTag', () => {
  it('prefers the place above the box, then inside at the top, below, inside at the bottom', () => {
    const places = [1, 2, 3, 4, 5].reduce<ReturnType<typeof placeTag>[]>((others) => [...others, placeTag(tag, box, image, others)], []);
    expect(places.map(({ x, y }) => [x, y])).toEqual([[20, 10], [20, 20], [20, 60], [20, 50], [20, 10]]);
  });

  it('stays inside the image', () => {
    const coordinate = fc.integer({ min: -50, max: 150 });
    const side = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(fc.record({ x: coordinate, y: coordinate, width: side, height: side }), (around) => {
        const { x, y } = placeTag(tag, around, image, []);
        expect(x >= 0 && y >= 0 && x + tag.width <= image.width && y + tag.height <= image.height).toBe(true);
      }),
      { seed: 1 },
    );
  });
});
