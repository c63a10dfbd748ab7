import type { Scratch } from '../scratch.ts';
import type { ContractedGraph } from './contract-graph.ts';
import { findRoot, joinRoots, numberSets } from './disjoint-sets.ts';

/** What a segmentation may be told. */
export interface SegmentOptions {
  /** How much difference a small region tolerates: larger k, larger regions. */
  readonly k?: number;
  /** Regions of fewer pixels are merged with the neighbour least different. */
  readonly minSize?: number;
}

/** The region of each component of a contracted graph, numbered as a scan meets them. */
export interface ComponentRegions {
  readonly regionOf: Int32Array;
  readonly count: number;
}

/**
 * Felzenszwalb and Huttenlocher 2004, Algorithm 1, from where {@link ContractedGraph} leaves it. Edges by ascending weight w;
 * the regions A and B at its ends merge if w ≤ min(Int(A) + k / |A|, Int(B) + k / |B|), Int the heaviest edge that merged
 * within. Then again by ascending weight, those refused merge where a region has fewer than `minSize` pixels.
 * @throws RangeError if k is below the graph's least, or minSize is negative
 */
export function segmentComponents(graph: ContractedGraph, { k = 300, minSize = 100 }: SegmentOptions, scratch: Scratch): ComponentRegions {
  const { leastK, sizes, internal, from, to, weights } = graph;
  if (!(k >= leastK && k < Infinity && minSize >= 0)) {
    throw new RangeError(`segmentation: expected a k of at least ${leastK} and a minSize of at least 0, got ${k} and ${minSize}`);
  }
  const sets = sizes.map((size) => -size);
  const k32 = Math.fround(k);
  const thresholds = internal.map((weight, i) => weight + Math.fround(k32 / sizes[i]));
  const refused = scratch.take(Uint32Array, from.length);
  let refusals = 0;
  for (let i = 0; i < from.length; i++) {
    const a = findRoot(sets, from[i]);
    const b = findRoot(sets, to[i]);
    if (a === b) continue;
    const weight = weights[i];
    if (weight <= thresholds[a] && weight <= thresholds[b]) {
      const root = joinRoots(sets, a, b);
      thresholds[root] = weight + Math.fround(k32 / -sets[root]);
    } else {
      refused[refusals++] = i;
    }
  }
  for (let i = 0; i < refusals; i++) {
    const a = findRoot(sets, from[refused[i]]);
    const b = findRoot(sets, to[refused[i]]);
    if (a !== b && (-sets[a] < minSize || -sets[b] < minSize)) {
      joinRoots(sets, a, b);
    }
  }
  const { numbers, count } = numberSets(sets, scratch);
  scratch.free(refused);
  return { regionOf: numbers, count };
}
