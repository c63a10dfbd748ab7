import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toColourSpace, type ColourSpace } from '../colour/colour-space.ts';
import golden from '../fixtures/opencv.json' with { type: 'json' };
import { digest } from '../node/test-digest.ts';
import { literalSegmentation } from '../testing/literal-segmentation.ts';
import { scene } from '../testing/scene.ts';
import { felzenszwalb } from './felzenszwalb.ts';
import { segmentGraph } from './segment-graph.ts';
import { sortedEdges } from './sorted-edges.ts';

const stacks = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }), channels: fc.integer({ min: 1, max: 4 }) })
  .chain(({ width, height, channels }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      // Few values, so that equal weights are frequent.
      planes: fc.array(fc.uint8Array({ min: 0, max: 40, minLength: width * height, maxLength: width * height }), { minLength: channels, maxLength: channels }),
    }),
  );

describe('felzenszwalb', () => {
  it.each(golden.segmentations)('is OpenCV\'s, region for region: $space, sigma $sigma, k $k, at least $minSize', ({ space, labels, count, ...options }) => {
    const found = felzenszwalb(toColourSpace(scene(), space as ColourSpace), options);
    expect(found.count).toBe(count);
    expect(digest(found.labels)).toBe(labels);
  });

  it.each([4, 8] as const)('does what the algorithm says, of any channels, among %s neighbours, for several k at once', (connectivity) => {
    fc.assert(
      fc.property(stacks, (stack) => {
        const options = [1, 5, 20, 100, 400].map((k, i) => ({ k, minSize: 3 * (i % 3) }));
        const found = segmentGraph(sortedEdges(stack, { sigma: 0, connectivity }), options);
        options.forEach(({ k, minSize }, i) => {
          expect([...found[i].labels]).toEqual(literalSegmentation(stack, k, minSize, connectivity));
        });
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('leaves no region below the minimum size unless it is the only one, and numbers regions as a scan meets them', () => {
    const { labels, count } = felzenszwalb(toColourSpace(scene(), 'rgb'), { k: 40, minSize: 50 });
    const sizes = new Int32Array(count);
    let next = 0;
    for (const label of labels) {
      sizes[label]++;
      if (sizes[label] === 1) expect(label).toBe(next++);
    }
    expect(next).toBe(count);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(50);
  });

  it('takes floats, and is the same for bytes as floats', () => {
    const stack = toColourSpace(scene(), 'lab');
    const floats = { ...stack, planes: stack.planes.map((plane) => Float32Array.from(plane)) };
    expect(felzenszwalb(floats)).toEqual(felzenszwalb(stack));
  });

  it('makes one region of one pixel, of an even plane, of a row', () => {
    for (const [width, height] of [[1, 1], [5, 1], [1, 7], [30, 20]]) {
      const even = { width, height, planes: [new Uint8Array(width * height).fill(9)] };
      expect(felzenszwalb(even)).toEqual({ width, height, count: 1, labels: new Int32Array(width * height) });
    }
  });

  it('refuses what makes no sense in one line', () => {
    const stack = { width: 2, height: 1, planes: [new Uint8Array(2)] };
    expect(() => felzenszwalb({ ...stack, planes: [] })).toThrow('at least one channel');
    expect(() => felzenszwalb({ ...stack, planes: [new Uint8Array(3)] })).toThrow('2 × 1 = 2 numbers a channel, got 3 in channel 0');
    expect(() => felzenszwalb({ ...stack, planes: [Float32Array.of(1, NaN)] })).toThrow('expected finite numbers, got NaN in channel 0');
    expect(() => felzenszwalb(stack, { sigma: -1 })).toThrow('sigma of at least 0, got -1');
    expect(() => felzenszwalb(stack, { k: -1 })).toThrow('got -1');
    expect(() => felzenszwalb(stack, { minSize: NaN })).toThrow('minSize of at least 0');
  });
});
