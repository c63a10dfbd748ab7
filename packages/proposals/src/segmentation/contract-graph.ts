import type { Size } from '@rcnn/geometry';
import type { Scratch } from '../scratch.ts';
import { findRoot, joinRoots, numberSets, singletons } from './disjoint-sets.ts';
import type { SortedEdges } from './sorted-edges.ts';

/** A graph of pixels with those merged that every k from some k on merges: about a tenth of the nodes, a fifth of the edges. */
export interface ContractedGraph extends Size {
  /** The least k that it serves. */
  readonly leastK: number;
  /** The component of each pixel, numbered as a scan meets them. */
  readonly components: Int32Array;
  readonly count: number;
  /** Of each component: its pixels, and the heaviest edge that merged within. */
  readonly sizes: Int32Array;
  readonly internal: Float32Array;
  /** The edges not decided yet, by ascending weight: components at their ends, and weights. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weights: Float32Array;
}

/**
 * Does that part of the segmentation which is the same for every k ≥ `leastK`, so that several k share it. Where `leastK`
 * merges two components, a larger k merges them too, as long as both have grown alike under both. They have until an edge is
 * refused at one of their borders, for which a larger k might be open: from then on, their edges are left undecided, and so
 * are those of any component that such an edge leads to.
 */
export function contractGraph({ width, height, edges, weights, count: edgeCount, offsets, shift }: SortedEdges, leastK: number, scratch: Scratch): ContractedGraph {
  const { take, free } = scratch;
  const sets = singletons(width * height, scratch);
  const k = Math.fround(leastK);
  const thresholds = take(Float32Array, sets.length).fill(k); // −1: undecided, no weight is below
  const internals = take(Float32Array, sets.length).fill(0);
  const undecided = take(Uint32Array, edgeCount);
  let count = 0;
  for (let i = 0; i < edgeCount; i++) {
    const edge = edges[2 * i];
    const pixel = edge >>> shift;
    const a = findRoot(sets, pixel);
    const b = findRoot(sets, pixel + offsets[edge - (pixel << shift)]);
    if (a === b) continue;
    const weight = weights[2 * i + 1];
    if (weight <= thresholds[a] && weight <= thresholds[b]) {
      const root = joinRoots(sets, a, b);
      thresholds[root] = weight + Math.fround(k / -sets[root]);
      internals[root] = weight;
    } else {
      thresholds[a] = -1;
      thresholds[b] = -1;
      undecided[count++] = i;
    }
  }
  const { numbers, count: components } = numberSets(sets, scratch);
  const sizes = new Int32Array(components);
  const internal = new Float32Array(components);
  for (let pixel = 0; pixel < sets.length; pixel++) {
    if (sets[pixel] >= 0) continue;
    sizes[numbers[pixel]] = -sets[pixel];
    internal[numbers[pixel]] = internals[pixel];
  }
  const [from, to, kept] = [take(Int32Array, count), take(Int32Array, count), take(Float32Array, count)];
  for (let i = 0; i < count; i++) {
    const edge = edges[2 * undecided[i]];
    const pixel = edge >>> shift;
    from[i] = numbers[pixel];
    to[i] = numbers[pixel + offsets[edge - (pixel << shift)]];
    kept[i] = weights[2 * undecided[i] + 1];
  }
  free(sets, thresholds, internals, undecided);
  return { width, height, leastK, components: numbers, count: components, sizes, internal, from, to, weights: kept };
}
