import type { Rle } from './rle.ts';

/**
 * The union of masks of one size, or their intersection.
 * @throws RangeError if there is no mask, or they differ in size
 */
export function mergeRles(rles: readonly Rle[], { intersect = false }: { readonly intersect?: boolean } = {}): Rle {
  if (rles.length === 0) {
    throw new RangeError('mergeRles: expected one mask or more, got none');
  }
  const [{ height, width }] = rles;
  let merged = rles[0].counts;
  for (let i = 1; i < rles.length; i++) {
    if (rles[i].height !== height || rles[i].width !== width) {
      throw new RangeError(`mergeRles: expected masks of one size, got ${height} × ${width} and ${rles[i].height} × ${rles[i].width}`);
    }
    merged = mergeTwo(merged, rles[i].counts, { total: height * width, intersect });
  }
  return { height, width, counts: merged };
}

function mergeTwo(a: Uint32Array, b: Uint32Array, { total, intersect }: { total: number; intersect: boolean }): Uint32Array {
  const merged = new Uint32Array(a.length + b.length);
  let [i, j, endA, endB] = [0, 0, a[0], b[0]];
  let [run, last, value] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const at = Math.min(endA, endB);
    while (endA === at && i < a.length) {
      endA += a[++i]; // NaN beyond the last, which ends the loop
    }
    while (endB === at && j < b.length) {
      endB += b[++j];
    }
    if (i === a.length || j === b.length) {
      break;
    }
    const next = intersect ? i & j & 1 : (i | j) & 1;
    if (next !== value) {
      merged[run++] = at - last;
      last = at;
      value = next;
    }
  }
  merged[run++] = total - last;
  return merged.slice(0, run);
}
