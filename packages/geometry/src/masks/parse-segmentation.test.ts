import { describe, expect, it } from 'vitest';

import { parseSegmentation, type Segmentation } from './parse-segmentation.ts';
import { rleFromMask } from './rle-mask.ts';
import { rleFromPolygons } from './rle-polygons.ts';
import { rleToString } from './rle-string.ts';

describe('parseSegmentation', () => {
  it('reads polygons, run lengths and packed run lengths', () => {
    const rle = rleFromMask(Uint8Array.of(0, 1, 1, 1, 0, 0), 2, 3);
    expect(parseSegmentation({ size: [2, 3], counts: [...rle.counts] }, 2, 3)).toEqual(rle);
    expect(parseSegmentation({ size: [2, 3], counts: rleToString(rle) }, 2, 3)).toEqual(rle);
    const polygons = [[0, 0, 6, 0, 0, 6], [2, 2, 7, 2, 7, 7, 2, 7]];
    expect(parseSegmentation(polygons, 8, 9)).toEqual(rleFromPolygons(polygons, 8, 9));
  });

  it('refuses what is neither, and a mask larger than its image', () => {
    const parse = (segmentation: unknown) => (): unknown => parseSegmentation(segmentation as Segmentation, 2, 3);
    expect(parse({ size: [4, 3], counts: [12] })).toThrow('parseSegmentation: expected the size of the image, 2 × 3, got a mask of 4 × 3');
    expect(parse({ counts: [6] })).toThrow('parseSegmentation: expected polygons, or size and counts, got {"counts":[6]}');
    expect(parse(null)).toThrow('got null');
    expect(parse([1, 2, 3, 4, 5, 6])).toThrow('parseSegmentation: expected a list of coordinates as polygon 0, got 1');
    expect(parse([])).toThrow('expected one polygon or more, got none');
  });
});
