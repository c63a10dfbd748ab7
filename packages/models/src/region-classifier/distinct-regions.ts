/** Regions of which each is computed once, and which of them stands for each of all. */
export interface DistinctRegions {
  /** The distinct ones, ascending. */
  readonly distinct: Int32Array;
  /** For each region its place in `distinct`. */
  readonly place: Int32Array;
}

/** For each of `count` regions the number of the first one with the same key. */
export function firstAlike(count: number, keyOf: (region: number) => string): Int32Array {
  const first = new Map<string, number>();
  return Int32Array.from({ length: count }, (_, region) => {
    const key = keyOf(region);
    const met = first.get(key);
    if (met === undefined) first.set(key, region);
    return met ?? region;
  });
}

/** What is left of regions of which each knows the first one like it (`sameAs[i] ≤ i`, itself if there is none). */
export function distinctRegions(sameAs: Int32Array): DistinctRegions {
  const distinct: number[] = [];
  const place = new Int32Array(sameAs.length);
  sameAs.forEach((first, i) => {
    if (first === i) {
      place[i] = distinct.length;
      distinct.push(i);
    } else {
      place[i] = place[first];
    }
  });
  return { distinct: Int32Array.from(distinct), place };
}

/** Rows of `length` numbers, each copied to all the places that it stands for. */
export function spreadRows(rows: Float32Array, place: Int32Array, length: number): Float32Array {
  const spread = new Float32Array(place.length * length);
  place.forEach((from, i) => spread.set(rows.subarray(from * length, (from + 1) * length), i * length));
  return spread;
}
