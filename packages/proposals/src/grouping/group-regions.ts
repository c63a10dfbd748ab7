import { createScratch, type Scratch } from '../scratch.ts';
import type { Hierarchy } from './hierarchy.ts';
import { createNeighbourLists } from './neighbour-lists.ts';
import { createPairHeap } from './pair-heap.ts';
import type { RegionHistograms } from './region-histograms.ts';
import type { RegionShapes } from './region-shapes.ts';
import { similarityOf, type SimilarityWeights } from './similarity.ts';

/** What {@link groupRegions} is given: features of the regions of a segmentation, and which are neighbours. */
export interface RegionGraph extends RegionShapes {
  /** Needed where `weights.colour` is not 0. */
  readonly colour?: RegionHistograms | undefined;
  /** Needed where `weights.texture` is not 0. */
  readonly texture?: RegionHistograms | undefined;
  /** Pairs of neighbours, as `regionNeighbours` gives them. */
  readonly pairs: Int32Array;
  /** Pixels in the image. */
  readonly imageSize: number;
}

/**
 * Hierarchical grouping (Uijlings et al. 2013, Algorithm 1): the two most similar neighbours merge, and the new region's
 * similarities to their neighbours replace theirs, until no neighbours are left. Histograms are merged by size, never counted
 * again. Pairs that a merge has outdated stay in the queue, and are passed over when they come up.
 * @throws RangeError if no weight is above 0, one is negative, or a histogram that a weight asks for is missing
 */
export function groupRegions(graph: RegionGraph, weights: SimilarityWeights, scratch: Scratch = createScratch()): Hierarchy {
  checkWeights(graph, weights);
  const leaves = graph.sizes.length;
  const most = Math.max(1, 2 * leaves - 1);
  const [sizes, boxes] = [enlarge(graph.sizes, most), enlarge(graph.boxes, 4 * most)];
  const [colour, texture] = [
    enlargeHistograms(graph.colour, weights.colour, most, scratch),
    enlargeHistograms(graph.texture, weights.texture, most, scratch),
  ];
  const similarity = similarityOf({ sizes, boxes, colour, texture, imageSize: graph.imageSize }, weights);
  const parents = new Int32Array(most).fill(-1);
  const children = new Int32Array(2 * most).fill(-1);
  const levels = new Int32Array(most).fill(1);
  const heap = createPairHeap(2 * graph.pairs.length);
  const neighbours = createNeighbourLists(most, 4 * graph.pairs.length);
  for (let i = 0; i < graph.pairs.length; i += 2) {
    const [a, b] = [graph.pairs[i], graph.pairs[i + 1]];
    neighbours.link(a, b);
    heap.push(similarity(a, b), a, b);
  }

  let count = leaves;
  while (heap.pop()) {
    const [a, b] = [heap.a(), heap.b()];
    if (parents[a] >= 0 || parents[b] >= 0) continue;
    const merged = count++;
    parents[a] = parents[b] = merged;
    children[2 * merged] = a;
    children[2 * merged + 1] = b;
    levels[merged] = Math.max(levels[a], levels[b]) + 1;
    if (colour !== undefined) mergeHistograms(colour, a, b, merged, sizes);
    if (texture !== undefined) mergeHistograms(texture, a, b, merged, sizes);
    sizes[merged] = sizes[a] + sizes[b];
    mergeBoxes(boxes, a, b, merged);
    for (let i = neighbours.collect(a, b, parents); i > 0; i--) {
      const other = neighbours.found(i - 1);
      neighbours.link(merged, other);
      heap.push(similarity(merged, other), merged, other);
    }
  }
  scratch.free(...[colour, texture].flatMap((histograms) => histograms?.values ?? []));
  return {
    leaves,
    count,
    parents: parents.subarray(0, count),
    children: children.subarray(0, 2 * count),
    levels: levels.subarray(0, count),
    sizes: sizes.subarray(0, count),
    boxes: boxes.subarray(0, 4 * count),
  };
}

function checkWeights({ colour, texture }: RegionGraph, weights: SimilarityWeights): void {
  const values = [weights.colour, weights.texture, weights.size, weights.fill].map((weight) => weight ?? 0);
  if (!(values.every((weight) => weight >= 0 && weight < Infinity) && values.some((weight) => weight > 0))) {
    throw new RangeError(`groupRegions: expected weights of at least 0, one of them above, got ${JSON.stringify(weights)}`);
  }
  if ((weights.colour && colour === undefined) || (weights.texture && texture === undefined)) {
    throw new RangeError('groupRegions: expected histograms of what the weights ask for, got none');
  }
}

function enlarge(values: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(values);
  return larger;
}

function enlargeHistograms(histograms: RegionHistograms | undefined, weight: number | undefined, regions: number, { take }: Scratch): RegionHistograms | undefined {
  if (histograms === undefined || !weight) return undefined;
  const values = take(Float32Array, regions * histograms.bins); // a merge writes before it is read
  values.set(histograms.values);
  return { bins: histograms.bins, values };
}

/** The histogram of a union: the parts' mean, weighted by size. */
function mergeHistograms({ bins, values }: RegionHistograms, a: number, b: number, merged: number, sizes: Int32Array): void {
  const share = sizes[a] / (sizes[a] + sizes[b]);
  const rest = 1 - share;
  const [fromA, fromB, to] = [a * bins, b * bins, merged * bins];
  for (let i = 0; i < bins; i++) {
    values[to + i] = share * values[fromA + i] + rest * values[fromB + i];
  }
}

function mergeBoxes(boxes: Int32Array, a: number, b: number, merged: number): void {
  const [p, q, to] = [4 * a, 4 * b, 4 * merged];
  boxes[to] = Math.min(boxes[p], boxes[q]);
  boxes[to + 1] = Math.min(boxes[p + 1], boxes[q + 1]);
  boxes[to + 2] = Math.max(boxes[p + 2], boxes[q + 2]);
  boxes[to + 3] = Math.max(boxes[p + 3], boxes[q + 3]);
}
