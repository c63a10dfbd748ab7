import type { Size } from '@rcnn/geometry';
import { checkChannelStack, type ChannelStack } from '../channel-stack.ts';
import { createScratch, type Scratch } from '../scratch.ts';
import { blurredRows } from './blurred-rows.ts';
import { pixelDistances } from './pixel-distances.ts';
import { sortEdges } from './sort-edges.ts';

/** How pixels neighbour each other: by sides alone, or by corners too. */
export type Connectivity = 4 | 8;

/**
 * The edges between neighbouring pixels by ascending weight. Edge `e` leads from pixel `e >> shift` to that pixel plus
 * `offsets[e & (2^shift − 1)]`: an edge takes no object and no endpoints of its own. The i-th is `edges[2 i]`, its weight
 * `weights[2 i + 1]`: two views of the same bytes.
 */
export interface SortedEdges extends Size {
  readonly edges: Uint32Array;
  readonly weights: Float32Array;
  readonly count: number;
  readonly offsets: Int32Array;
  readonly shift: number;
}

/** What {@link sortedEdges} may be told. */
export interface EdgeOptions {
  /** Standard deviation in pixels of the Gaussian blur before; 0 for none. */
  readonly sigma?: number;
  readonly connectivity?: Connectivity;
}

/**
 * The graph that `segmentGraph` cuts: between neighbouring pixels p and q the weight ‖I(p) − I(q)‖ over all channels of the
 * blurred stack (Felzenszwalb and Huttenlocher 2004, section 6). Made and sorted once, it serves any k and minimum size.
 * @throws RangeError if the stack is malformed, or σ is negative
 */
export function sortedEdges(stack: ChannelStack, { sigma = 0.8, connectivity = 4 }: EdgeOptions = {}, scratch: Scratch = createScratch()): SortedEdges {
  checkChannelStack('sortedEdges', stack);
  if (!(sigma >= 0 && sigma < 1000)) {
    throw new RangeError(`sortedEdges: expected a sigma of at least 0, got ${sigma}`);
  }
  const { width, height, planes } = stack;
  const shift = connectivity === 8 ? 2 : 1;
  const offsets = Int32Array.of(1, width, width + 1, width - 1).subarray(0, 1 << shift);
  const between = (2 * width - 1) * height - width; // left and right, above and below
  const diagonal = connectivity === 8 ? 2 * (width - 1) * (height - 1) : 0;
  const pairs = scratch.take(Float64Array, between + diagonal);
  const [edges, weights] = [new Uint32Array(pairs.buffer), new Float32Array(pairs.buffer)];
  const sources = planes.map((plane) => blurredRows(plane, stack, sigma));
  let [upper, lower] = [0, 1].map(() => planes.map(() => new Float32Array(width)));
  const distances = new Float32Array(width);
  let count = 0;
  const connect = (y: number, direction: number, other: readonly Float32Array[], fromA: number, fromB: number, pixels: number): void => {
    pixelDistances(upper, other, { fromA, fromB, count: pixels }, distances);
    writeEdges(edges, weights, count, ((y * width + fromA) << shift) + direction, shift, distances, pixels);
    count += pixels;
  };
  sources.forEach((next, channel) => next(lower[channel]));
  for (let y = 0; y < height; y++) {
    [upper, lower] = [lower, upper];
    connect(y, 0, upper, 0, 1, width - 1);
    if (y === height - 1) break;
    sources.forEach((next, channel) => next(lower[channel]));
    connect(y, 1, lower, 0, 0, width);
    if (connectivity === 8) {
      connect(y, 2, lower, 0, 1, width - 1);
      connect(y, 3, lower, 1, 0, width - 1);
    }
  }
  const { buffer } = sortEdges(pairs, scratch);
  return { width, height, offsets, shift, count, edges: new Uint32Array(buffer, 0, 2 * count), weights: new Float32Array(buffer, 0, 2 * count) };
}

function writeEdges(
  edges: Uint32Array,
  weights: Float32Array,
  from: number,
  first: number,
  shift: number,
  distances: Float32Array,
  count: number,
): void {
  for (let x = 0, at = 2 * from; x < count; x++, at += 2) {
    edges[at] = first + (x << shift);
    weights[at + 1] = distances[x];
  }
}
