import { boxCount } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import golden from '../fixtures/opencv.json' with { type: 'json' };
import { scene } from '../testing/scene.ts';
import { hierarchies } from './hierarchies.ts';
import { flavours, modes, strategies } from './presets.ts';
import { selectiveSearch } from './selective-search.ts';

const image = scene();
const listed = (boxes: Float32Array): number[][] => Array.from({ length: boxes.length / 4 }, (_, i) => [...boxes.subarray(4 * i, 4 * i + 4)]);
const sorted = (boxes: number[][]): number[][] => boxes.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);

describe('selectiveSearch', () => {
  it.each(['single', 'fast'] as const)('finds the boxes that OpenCV finds, all of them and no other: %s', (mode) => {
    expect(sorted(listed(selectiveSearch(image, { mode }).boxes))).toEqual(golden.selectiveSearch[mode]);
  });

  it.each(flavours.flatMap((flavour) => modes.map((mode) => ({ flavour, mode }))))(
    'gives distinct boxes within the image, scores descending, the same again for a seed: $flavour $mode',
    ({ flavour, mode }) => {
      const { boxes, scores } = selectiveSearch(image, { flavour, mode, seed: 3 });
      expect(selectiveSearch(image, { flavour, mode, seed: 3 })).toEqual({ boxes, scores });
      expect(boxCount(boxes)).toBe(scores.length);
      expect(new Set(listed(boxes).map(String)).size).toBe(scores.length);
      expect(listed(boxes).every(([x1, y1, x2, y2]) => x1 >= 0 && y1 >= 0 && x2 <= 96 && y2 <= 72 && x1 < x2 && y1 < y2)).toBe(true);
      expect([...scores].every((score, i) => score > 0 && score <= 1 && (i === 0 || score <= scores[i - 1]))).toBe(true);
      const other = selectiveSearch(image, { flavour, mode, seed: 4 }).boxes;
      expect(other).not.toEqual(boxes);
      expect(sorted(listed(other))).toEqual(sorted(listed(boxes)));
    },
  );

  it('keeps the first `max`, and none smaller than `minBoxSize`', () => {
    const all = selectiveSearch(image);
    expect(selectiveSearch(image, { max: 10 })).toEqual({ boxes: all.boxes.slice(0, 40), scores: all.scores.slice(0, 10) });
    expect(selectiveSearch(image, { max: 0 }).scores).toHaveLength(0);
    const large = listed(selectiveSearch(image, { minBoxSize: 30 }).boxes);
    expect(large).toEqual(listed(all.boxes).filter(([x1, y1, x2, y2]) => x2 - x1 >= 30 && y2 - y1 >= 30));
    expect(large.length).toBeGreaterThan(5);
  });

  it('offers OpenCV\'s order, which begins with the small regions, beside the paper\'s', () => {
    const area = (ranking: 'level' | 'position'): number =>
      listed(selectiveSearch(image, { ranking, max: 20 }).boxes).reduce((sum, [x1, y1, x2, y2]) => sum + (x2 - x1) * (y2 - y1), 0);
    expect(area('level')).toBeLessThan(area('position'));
  });

  it('takes parts of a preset otherwise', () => {
    const groupings = [...hierarchies(image, { ...strategies.opencv.fast, colourSpaces: ['gray'], ks: [50, 100], minSize: 20, similarities: [{ colour: 2, fill: 1 }] })];
    expect(groupings.map(({ colourSpace, k }) => [colourSpace, k])).toEqual([['gray', 50], ['gray', 100]]);
    for (const { hierarchy, segmentation } of groupings) {
      expect(segmentation().count).toBe(hierarchy.leaves);
      expect(hierarchy.sizes[hierarchy.count - 1]).toBe(96 * 72);
    }
  });

  it.each(flavours)('has an answer for one pixel, a row, a column, an even image: %s', (flavour) => {
    for (const [width, height] of [[1, 1], [9, 1], [1, 9], [2, 2], [40, 30]]) {
      const even = { width, height, data: new Uint8Array(3 * width * height).fill(200) };
      const { boxes, scores } = selectiveSearch(even, { flavour, mode: 'quality', minBoxSize: 0 });
      expect([...boxes]).toEqual([0, 0, width, height]);
      expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
    }
  });

  it('takes gray and RGBA images', () => {
    const gray = Uint8Array.from({ length: 96 * 72 }, (_, i) => image.data[3 * i]);
    const rgb = Uint8Array.from({ length: 3 * gray.length }, (_, i) => gray[Math.floor(i / 3)]);
    const rgba = Uint8ClampedArray.from({ length: 4 * gray.length }, (_, i) => (i % 4 === 3 ? 255 : gray[Math.floor(i / 4)]));
    const found = selectiveSearch({ ...image, data: rgb });
    expect(selectiveSearch({ ...image, data: gray })).toEqual(found);
    expect(selectiveSearch({ ...image, data: rgba })).toEqual(found);
  });

  it('refuses what makes no sense in one line', () => {
    expect(() => selectiveSearch(image, { mode: 'quick' as 'fast' })).toThrow('expected a mode (fast, quality, single), got quick');
    expect(() => selectiveSearch(image, { flavour: 'dlib' as 'opencv' })).toThrow('expected a flavour (opencv, matlab), got dlib');
    expect(() => selectiveSearch(image, { ranking: 'best' as 'level' })).toThrow('expected a ranking (position, level), got best');
    expect(() => selectiveSearch(image, { ks: [] })).toThrow('expected at least one of ks, got none');
    expect(() => selectiveSearch(image, { max: -1 })).toThrow('a max of at least 0, got -1');
    expect(() => selectiveSearch(image, { minBoxSize: NaN })).toThrow('a minBoxSize of at least 0, got NaN');
    expect(() => selectiveSearch({ ...image, width: 95 })).toThrow('bytes');
  });
});
