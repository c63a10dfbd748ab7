import { describe, expect, it } from 'vitest';
import golden from './fixtures/resize-image.json' with { type: 'json' };
import { resizeImage } from './resize-image.ts';

describe('resizeImage', () => {
  it('agrees with torch, rounded to bytes', () => {
    for (const { width, height, data, toWidth, toHeight, expected } of golden.cases) {
      const resized = resizeImage({ width, height, data: Uint8Array.from(data) }, { width: toWidth, height: toHeight });
      expect(resized).toMatchObject({ width: toWidth, height: toHeight });
      resized.data.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(0.500001));
    }
  });

  it('leaves an image of the right size alone, and one of a single colour uniform', () => {
    const image = { width: 3, height: 2, data: new Uint8Array(18).fill(200) };
    expect(resizeImage(image, { width: 3, height: 2 })).toBe(image);
    expect(new Set(resizeImage(image, { width: 7, height: 5 }).data)).toEqual(new Set([200]));
  });

  it('refuses a size that is none', () => {
    expect(() => resizeImage({ width: 1, height: 1, data: new Uint8Array(3) }, { width: 0, height: 2.5 })).toThrow('0×2.5');
  });
});
