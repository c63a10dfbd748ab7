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
  if (rles.length === 1) {
    return { height, width, counts: rles[0].counts };
  }
  // In pairs, pairs of pairs, and so on: that passes over each mask's runs log n times, where one after another would n times.
  let parts = rles.map(({ counts }) => counts);
  let room: 0 | 1 = 0; // for what a round makes: the next one, which reads it, writes elsewhere
  while (parts.length > 2) {
    parts = mergePairs(parts, scratchNumbers(parts.reduce((sum, { length }) => sum + length, 0), room), height * width, intersect);
    room = room === 0 ? 1 : 0;
  }
  const [a, b] = parts;
  const merged = scratchNumbers(a.length + b.length, room);
  return { height, width, counts: merged.slice(0, mergeTwo(a, b, height * width, intersect, merged)) };
}

/** The first mask with the second, the third with the fourth and so on, one after another in the room that is given. */
function mergePairs(parts: readonly Uint32Array[], room: Uint32Array, total: number, intersect: boolean): Uint32Array[] {
  const pairs: Uint32Array[] = [];
  let rest = room;
  for (let i = 0; i < parts.length; i += 2) {
    let length = parts[i].length;
    if (i + 1 < parts.length) {
      length = mergeTwo(parts[i], parts[i + 1], total, intersect, rest);
    } else {
      rest.set(parts[i]);
    }
    pairs.push(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return pairs;
}

/** Writes the runs of two masks' union or intersection; returns how many there are, at most as many as the two have. */
function mergeTwo(a: Uint32Array, b: Uint32Array, total: number, intersect: boolean, merged: Uint32Array): number {
  // | 0: counts are below 2^31, and signed integers are what engines compute fastest with.
  let i = 0; // a statement each, for a list of names is taken apart by an iterator, which is slow
  let j = 0;
  let endA = a[0] | 0;
  let endB = b[0] | 0;
  let run = 0;
  let last = 0;
  let value = 0;
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
  return run;
}
