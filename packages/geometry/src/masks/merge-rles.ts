import type { Rle } from './rle.ts';
import { scratchNumbers } from './scratch.ts';

/**
 * The union of masks of one size, or their intersection.
 * @throws RangeError if there is no mask, or they differ in size
 */
export function mergeRles(rles: readonly Rle[], { intersect = false }: { readonly intersect?: boolean } = {}): Rle {
  if (rles.length === 0) {
    throw new RangeError('mergeRles: expected one mask or more, got none');
  }
  const [{ height, width }] = rles;
  for (const rle of rles) {
    if (rle.height !== height || rle.width !== width) {
      throw new RangeError(`mergeRles: expected masks of one size, got ${height} × ${width} and ${rle.height} × ${rle.width}`);
    }
  }
  // In pairs, pairs of pairs, and so on: that passes over each mask's runs log n times, where one after another would n times.
  let parts = rles.map(({ counts }) => counts);
  while (parts.length > 1) {
    const pairs: Uint32Array[] = [];
    for (let i = 0; i < parts.length; i += 2) {
      pairs.push(i + 1 < parts.length ? mergeTwo(parts[i], parts[i + 1], height * width, intersect) : parts[i]);
    }
    parts = pairs;
  }
  return { height, width, counts: parts[0] };
}

function mergeTwo(a: Uint32Array, b: Uint32Array, total: number, intersect: boolean): Uint32Array {
  const merged = scratchNumbers(a.length + b.length);
  // | 0: counts are below 2^31, and signed integers are what engines compute fastest with.
  let [i, j, endA, endB] = [0, 0, a[0] | 0, b[0] | 0];
  let [run, last, value] = [0, 0, 0];
  for (let at = endA < endB ? endA : endB; at < total; at = endA < endB ? endA : endB) {
    if (endA === at) {
      endA += a[++i] | 0;
    }
    if (endB === at) {
      endB += b[++j] | 0;
    }
    const next = intersect ? i & j & 1 : (i | j) & 1;
    if (next !== value) {
      value = next;
      if (at === last && run > 0) {
        last -= merged[--run] | 0; // after a run without a pixel: what it parted belongs together
      } else {
        merged[run++] = at - last;
        last = at;
      }
    }
  }
  merged[run++] = total - last;
  return merged.slice(0, run);
}
