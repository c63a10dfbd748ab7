import { describe, expect, it } from 'vitest';
import { createScratch, type Scratch } from './scratch.ts';
import { hierarchies } from './search/hierarchies.ts';
import { flavours, strategies } from './search/presets.ts';
import { selectiveSearch } from './search/selective-search.ts';
import { scene } from './testing/scene.ts';

/** A scratch whose arrays come full of what nobody wants, and counts those that are out. */
function dirtyScratch(): Scratch & { readonly out: Set<ArrayBufferLike> } {
  const { take, free } = createScratch();
  const out = new Set<ArrayBufferLike>();
  return {
    out,
    take: (type, length) => {
      const values = take(type, length);
      const { buffer } = values as ArrayBufferView;
      expect(out.has(buffer)).toBe(false);
      out.add(buffer);
      new Uint8Array(buffer).fill(0xab);
      return values;
    },
    free: (...arrays) => {
      for (const { buffer } of arrays) {
        expect(out.delete(buffer)).toBe(true);
        new Uint8Array(buffer).fill(0xcd);
      }
      free(...arrays);
    },
  };
}

describe('createScratch', () => {
  it('hands the smallest memory out again that is large enough, and none twice', () => {
    const { take, free } = createScratch();
    const [small, large] = [take(Uint8Array, 70_000), take(Float64Array, 100_000)];
    expect([small.length, large.length]).toEqual([70_000, 100_000]);
    free(large, small);
    const [again, next, fresh] = [take(Int32Array, 17_500), take(Int32Array, 17_500), take(Int32Array, 17_500)];
    expect([again.buffer, next.buffer]).toEqual([small.buffer, large.buffer]);
    expect([again.buffer === small.buffer, next.buffer === large.buffer, again.length]).toEqual([true, true, 17_500]);
    expect([small.buffer, large.buffer].includes(fresh.buffer)).toBe(false);
  });
});

describe.each(flavours)('a search in memory that held something else: %s', (flavour) => {
  const image = scene();
  const { width, height, data } = image;
  const upper = { width, height: height >> 1, data: data.slice(0, data.length / 2) };

  it('finds what it finds in fresh memory, image after image, and gives back all that it took', () => {
    const scratch = dirtyScratch();
    for (const each of [image, upper, image]) {
      expect(selectiveSearch(each, { flavour, mode: 'quality', scratch })).toEqual(selectiveSearch(each, { flavour, mode: 'quality' }));
      expect(scratch.out.size).toBe(0);
    }
  });

  it('yields groupings that the following ones leave as they are', () => {
    const expected = [...hierarchies(image, strategies[flavour].fast)].map(({ hierarchy, segmentation }) => ({ hierarchy, ...segmentation() }));
    const all = [...hierarchies(image, strategies[flavour].fast, dirtyScratch())];
    expect(all.map(({ hierarchy, segmentation }) => ({ hierarchy, ...segmentation() }))).toEqual(expected);
  });
});
