import { createRng } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { drawMinSizes } from './draw-min-sizes.ts';

describe('drawMinSizes', () => {
  it('draws each size that is listed about as often, image by image', () => {
    const drawn = drawMinSizes(3000, { minSize: 1, trainSizes: [10, 20, 30] }, createRng(1));
    for (const size of [10, 20, 30]) expect(Math.abs(drawn.filter((each) => each === size).length - 1000)).toBeLessThan(120);
    expect(new Set(drawn.slice(0, 20)).size).toBe(3);
  });

  it('draws nothing where none is listed', () => {
    const [rng, untouched] = [createRng(1), createRng(1)];
    expect(drawMinSizes(2, { minSize: 240 }, rng)).toEqual([240, 240]);
    expect(rng.state()).toEqual(untouched.state());
  });
});
