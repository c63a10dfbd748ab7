/** A set of unordered pairs of numbers. */
export interface PairSet {
  readonly add: (a: number, b: number) => void;
  /** Each pair once, `[a, b]` with a < b, by ascending a, then b. */
  readonly pairs: () => Int32Array;
}

/** An empty set of pairs of numbers below `count`: open addressing; the last pair is kept apart, since borders repeat theirs. */
export function createPairSet(count: number): PairSet {
  let table = new Float64Array(1024).fill(-1);
  let size = 0;
  let last = -1;
  const insert = (key: number): void => {
    const mask = table.length - 1;
    let slot = (Math.imul(key | 0, 0x9e3779b1) >>> 7) & mask;
    while (table[slot] !== -1 && table[slot] !== key) slot = (slot + 1) & mask;
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
