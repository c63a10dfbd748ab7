import type { Segmentation } from '../segmentation/segment-graph.ts';

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
    const row = y * width;
    for (let x = start; x < width; x++) {
      const i = row + x;
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

/** A set of pairs of numbers below `count`, in open addressing; borders repeat the same pair, so the last one is kept apart. */
function createPairSet(count: number): { add: (a: number, b: number) => void; pairs: () => Int32Array } {
  let table = new Float64Array(1024).fill(-1);
  let size = 0;
  let last = -1;
  const slotOf = (key: number): number => {
    const mask = table.length - 1;
    let slot = Math.imul(key | 0, 0x9e3779b1) >>> 7;
    for (slot &= mask; table[slot] !== -1 && table[slot] !== key; slot = (slot + 1) & mask);
    return slot;
  };
  const insert = (key: number): void => {
    const slot = slotOf(key);
    if (table[slot] === key) return;
    table[slot] = key;
    size++;
  };
  const grow = (): void => {
    const old = table;
    table = new Float64Array(2 * old.length).fill(-1);
    size = 0;
    for (const key of old) if (key !== -1) insert(key);
  };
  return {
    add: (a, b) => {
      const key = a < b ? a * count + b : b * count + a;
      if (key === last) return;
      last = key;
      insert(key);
      if (2 * size > table.length) grow();
    },
    pairs: () => {
      const keys = table.filter((key) => key !== -1).sort();
      const pairs = new Int32Array(2 * keys.length);
      keys.forEach((key, i) => {
        pairs[2 * i] = Math.floor(key / count);
        pairs[2 * i + 1] = key % count;
      });
      return pairs;
    },
  };
}
