import type { Size } from '@rcnn/geometry';
import type { SortedEdges } from './sorted-edges.ts';

/** Which region each pixel belongs to: numbers 0 … count − 1, in the order in which a scan by rows meets them. */
export interface Segmentation extends Size {
  readonly labels: Int32Array;
  readonly count: number;
}

/** What {@link segmentGraph} may be told. */
export interface SegmentOptions {
  /** How much difference a small region tolerates: larger k, larger regions. */
  readonly k?: number;
  /** Regions of fewer pixels are merged with the neighbour least different. */
  readonly minSize?: number;
}

/**
 * Felzenszwalb and Huttenlocher 2004, Algorithm 1. Edges by ascending weight w; the regions A and B at its ends merge if
 * w ≤ min(Int(A) + k / |A|, Int(B) + k / |B|), Int the heaviest edge that merged within. Then again by ascending weight, those
 * refused merge where a region has fewer than `minSize` pixels.
 *
 * The decisions are those of OpenCV's `createGraphSegmentation`, its thresholds in float32; where weights are equal, here the
 * edge that comes first in the image goes first, in OpenCV whichever its unstable sort leaves first.
 * @throws RangeError if k is negative or minSize is
 */
export function segmentGraph(graph: SortedEdges, { k = 300, minSize = 100 }: SegmentOptions = {}): Segmentation {
  if (!(k >= 0 && k < Infinity && minSize >= 0)) {
    throw new RangeError(`segmentGraph: expected k and minSize of at least 0, got ${k} and ${minSize}`);
  }
  const { width, height, edges, weights, offsets, shift } = graph;
  const parents = new Int32Array(width * height);
  const sizes = new Int32Array(parents.length).fill(1);
  const thresholds = new Float32Array(parents.length).fill(k);
  for (let i = 0; i < parents.length; i++) {
    parents[i] = i;
  }
  const refused = new Uint32Array(edges.length);
  let refusals = 0;
  for (let i = 0; i < edges.length; i++) {
    const edge = edges[i];
    const pixel = edge >>> shift;
    const a = findRoot(parents, pixel);
    const b = findRoot(parents, pixel + offsets[edge - (pixel << shift)]);
    if (a === b) continue;
    const weight = weights[i];
    if (weight <= thresholds[a] && weight <= thresholds[b]) {
      const root = join(parents, sizes, a, b);
      thresholds[root] = weight + Math.fround(Math.fround(k) / sizes[root]);
    } else {
      refused[refusals++] = edge;
    }
  }
  for (let i = 0; i < refusals; i++) {
    const edge = refused[i];
    const pixel = edge >>> shift;
    const a = findRoot(parents, pixel);
    const b = findRoot(parents, pixel + offsets[edge - (pixel << shift)]);
    if (a !== b && (sizes[a] < minSize || sizes[b] < minSize)) {
      join(parents, sizes, a, b);
    }
  }
  return { width, height, ...numberRegions(parents, sizes) };
}

/** The root of a pixel's tree; every other pixel on the way is hung one higher (path halving). */
function findRoot(parents: Int32Array, pixel: number): number {
  let at = pixel;
  let parent = parents[at];
  while (parent !== at) {
    const grandparent = parents[parent];
    parents[at] = grandparent;
    at = grandparent;
    parent = parents[at];
  }
  return at;
}

/** Hangs the smaller tree below the larger; the root that stays. */
function join(parents: Int32Array, sizes: Int32Array, a: number, b: number): number {
  const [root, child] = sizes[a] < sizes[b] ? [b, a] : [a, b];
  parents[child] = root;
  sizes[root] += sizes[child];
  return root;
}

/** Numbers the trees as a scan meets them; `numbers` is overwritten. */
function numberRegions(parents: Int32Array, numbers: Int32Array): { labels: Int32Array; count: number } {
  const labels = new Int32Array(parents.length);
  numbers.fill(-1);
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    const root = findRoot(parents, i);
    if (numbers[root] < 0) {
      numbers[root] = count++;
    }
    labels[i] = numbers[root];
  }
  return { labels, count };
}
