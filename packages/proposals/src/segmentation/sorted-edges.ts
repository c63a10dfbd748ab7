import type { Size } from '@rcnn/geometry';
import { checkChannelStack, type ChannelStack } from '../channel-stack.ts';
import { blurredRows } from './blurred-rows.ts';
import { sortEdges } from './sort-edges.ts';

/** How pixels neighbour each other: by sides alone, or by corners too. */
export type Connectivity = 4 | 8;

/**
 * The edges between neighbouring pixels by ascending weight. Edge `e` leads from pixel `e >> shift` to that pixel plus
 * `offsets[e & (2^shift − 1)]`: an edge takes no object and no endpoints of its own.
 */
export interface SortedEdges extends Size {
  readonly edges: Uint32Array;
  /** Of each of `edges`, ascending. */
  readonly weights: Float32Array;
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
export function sortedEdges(stack: ChannelStack, { sigma = 0.8, connectivity = 4 }: EdgeOptions = {}): SortedEdges {
  checkChannelStack('sortedEdges', stack);
  if (!(sigma >= 0 && sigma < 1000)) {
    throw new RangeError(`sortedEdges: expected a sigma of at least 0, got ${sigma}`);
  }
  const { width, height, planes } = stack;
  const shift = connectivity === 8 ? 2 : 1;
  const offsets = Int32Array.of(1, width, width + 1, width - 1).subarray(0, 1 << shift);
  const between = (2 * width - 1) * height - width; // left and right, above and below
  const diagonal = connectivity === 8 ? 2 * (width - 1) * (height - 1) : 0;
  const edges = new Uint32Array(between + diagonal);
  const weights = new Float32Array(edges.length);
  const sources = planes.map((plane) => blurredRows(plane, stack, sigma));
  let [upper, lower] = [0, 1].map(() => planes.map(() => new Float32Array(width)));
  const sums = new Float32Array(width);
  sources.forEach((next, channel) => next(lower[channel]));
  let count = 0;
  const collect = (y: number, direction: number, from: number, to: number): void => {
    const first = ((y * width + from) << shift) + direction;
    for (let x = 0; x < to - from; x++) {
      edges[count + x] = first + (x << shift);
      weights[count + x] = Math.sqrt(sums[x]);
    }
    count += to - from;
  };
  for (let y = 0; y < height; y++) {
    [upper, lower] = [lower, upper];
    squaredDistances(upper, upper, 0, 1, width - 1, sums);
    collect(y, 0, 0, width - 1);
    if (y === height - 1) break;
    sources.forEach((next, channel) => next(lower[channel]));
    squaredDistances(upper, lower, 0, 0, width, sums);
    collect(y, 1, 0, width);
    if (connectivity === 8) {
      squaredDistances(upper, lower, 0, 1, width - 1, sums);
      collect(y, 2, 0, width - 1);
      squaredDistances(upper, lower, 1, 0, width - 1, sums);
      collect(y, 3, 1, width);
    }
  }
  return { width, height, offsets, shift, ...sortEdges(edges, weights) };
}

/** Between pixels of two rows, over all channels, rounded to float32 after each channel as OpenCV does. */
function squaredDistances(a: readonly Float32Array[], b: readonly Float32Array[], fromA: number, fromB: number, count: number, sums: Float32Array): void {
  sums.fill(0);
  for (let channel = 0; channel < a.length; channel++) {
    const [rowA, rowB] = [a[channel], b[channel]];
    for (let x = 0; x < count; x++) {
      const difference = Math.fround(rowA[x + fromA] - rowB[x + fromB]);
      sums[x] += difference * difference;
    }
  }
}
