import type { Segmentation } from '../segmentation/segmentation.ts';
import { createPairSet } from './pair-set.ts';

/**
 * Which pixels make regions neighbours: `all` eight around one; or `opencv`, those to the left, above, and above to the left,
 * of pixels not in the first row or column.
 */
export type Adjacency = 'all' | 'opencv';

/** Pairs of neighbouring regions, each once, `[a, b]` with a < b, by ascending a, then b. */
export function regionNeighbours({ width, height, labels, count }: Segmentation, adjacency: Adjacency): Int32Array {
  const seen = createPairSet(count);
  const start = adjacency === 'all' ? 0 : 1;
  for (let y = start; y < height; y++) {
    for (let x = start; x < width; x++) {
      const i = y * width + x;
      const region = labels[i];
      if (x > 0 && labels[i - 1] !== region) seen.add(region, labels[i - 1]);
      if (y === 0) continue;
      if (labels[i - width] !== region) seen.add(region, labels[i - width]);
      if (x > 0 && labels[i - width - 1] !== region) seen.add(region, labels[i - width - 1]);
      if (adjacency === 'all' && x + 1 < width && labels[i - width + 1] !== region) seen.add(region, labels[i - width + 1]);
    }
  }
  return seen.pairs();
}

/** The pairs of neighbouring regions made of cells, from those of the cells. */
export function unitePairs(pairs: Int32Array, regionOf: Int32Array, regions: number): Int32Array {
  const united = createPairSet(regions);
  for (let i = 0; i < pairs.length; i += 2) {
    const [a, b] = [regionOf[pairs[i]], regionOf[pairs[i + 1]]];
    if (a !== b) united.add(a, b);
  }
  return united.pairs();
}
