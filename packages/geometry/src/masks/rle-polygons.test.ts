import { describe, expect, it } from 'vitest';

import { createRng } from '../rng.ts';
import { literalPolygon } from '../testing/literal-masks.ts';
import { randomPolygon } from '../testing/masks.ts';
import { mergeRles } from './merge-rles.ts';
import { rleArea } from './rle-area.ts';
import { maskFromRle } from './rle-mask.ts';
import { rleFromPolygons } from './rle-polygons.ts';

describe('rleFromPolygons', () => {
  it('fills a rectangle on whole pixels exactly', () => {
    const mask = maskFromRle(rleFromPolygons([[1, 1, 4, 1, 4, 3, 1, 3]], 4, 5));
    expect([...mask]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  });

  it('is the literal staircase of fifths, for polygons in, around and across the image', () => {
    const rng = createRng(5);
    for (let i = 0; i < 3000; i++) {
      const [height, width] = [1 + rng.integer(40), 1 + rng.integer(40)];
      const polygon = randomPolygon(rng, height, width);
      const mask = maskFromRle(rleFromPolygons([polygon], height, width));
      expect(mask.join(), polygon.join()).toBe(literalPolygon(polygon, height, width).join());
    }
  });

  it('unites several polygons', () => {
    const [a, b] = [[0, 0, 6, 0, 0, 6], [2, 2, 7, 2, 7, 7, 2, 7]];
    expect(rleFromPolygons([a, b], 8, 8)).toEqual(mergeRles([rleFromPolygons([a], 8, 8), rleFromPolygons([b], 8, 8)]));
  });

  it('leaves nothing of a polygon outside, everything of one around the image, however far', () => {
    expect(rleArea(rleFromPolygons([[20, 20, 30, 20, 30, 30]], 8, 9))).toBe(0);
    expect(rleArea(rleFromPolygons([[-1e9, -1e9, 1e9, -1e9, 1e9, 1e9, -1e9, 1e9]], 8, 9))).toBe(72);
  });

  it('refuses 2 points, an odd number of coordinates, what is not finite or far off, and no polygon', () => {
    expect(() => rleFromPolygons([[1, 2, 3, 4]], 8, 8)).toThrow(
      'rleFromPolygons: expected x and y of 3 points or more, got 2 points, in polygon 0',
    );
    expect(() => rleFromPolygons([[0, 0, 6, 0, 0, 6], [0, 0, 6, 0, 0, 6, 1]], 8, 8)).toThrow('got an odd number of coordinates, 7, in polygon 1');
    expect(() => rleFromPolygons([[0, 0, NaN, 0, 0, 6]], 8, 8)).toThrow('expected coordinates from −2^30 to 2^30, got NaN in polygon 0');
    expect(() => rleFromPolygons([[1, 1, 10, 1e16, 20, 1]], 8, 8)).toThrow('got 10000000000000000 in polygon 0');
    expect(rleArea(rleFromPolygons([[1, 1, 4, 2 ** 30, 7, 1]], 8, 8))).toBeGreaterThan(0);
    expect(() => rleFromPolygons([], 8, 8)).toThrow('expected one polygon or more, got none');
  });
});
