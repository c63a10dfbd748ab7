/** Pairs of regions by descending similarity; of equal ones, the pair added last comes first. */
export interface PairHeap {
  readonly push: (similarity: number, a: number, b: number) => void;
  /** Takes the most similar pair out, to be read from `a` and `b`; false if there is none. */
  readonly pop: () => boolean;
  readonly a: () => number;
  readonly b: () => number;
}

/** A binary heap in typed arrays that double as they fill; no object a pair. */
export function createPairHeap(capacity: number): PairHeap {
  let similarities = new Float32Array(Math.max(16, capacity)); // of pair p, the p-th added
  let [firsts, seconds, heap] = [0, 1, 2].map(() => new Int32Array(similarities.length)); // heap: pairs
  let added = 0;
  let size = 0;
  let top = 0;

  const before = (p: number, q: number): boolean => {
    const [s, t] = [similarities[p], similarities[q]];
    return s > t || (s === t && p > q);
  };
  const grow = (): void => {
    const grown = new Float32Array(2 * similarities.length);
    grown.set(similarities);
    similarities = grown;
    [firsts, seconds, heap] = [firsts, seconds, heap].map((array) => {
      const larger = new Int32Array(2 * array.length);
      larger.set(array);
      return larger;
    });
  };
  return {
    push: (similarity, a, b) => {
      if (added === similarities.length) grow();
      const pair = added++;
      similarities[pair] = similarity;
      firsts[pair] = a;
      seconds[pair] = b;
      let at = size++;
      while (at > 0 && before(pair, heap[(at - 1) >> 1])) {
        heap[at] = heap[(at - 1) >> 1];
        at = (at - 1) >> 1;
      }
      heap[at] = pair;
    },
    pop: () => {
      if (size === 0) return false;
      top = heap[0];
      const pair = heap[--size];
      let at = 0;
      for (let child = 1; child < size; child = 2 * at + 1) {
        if (child + 1 < size && before(heap[child + 1], heap[child])) child++;
        if (!before(heap[child], pair)) break;
        heap[at] = heap[child];
        at = child;
      }
      heap[at] = pair;
      return true;
    },
    a: () => firsts[top],
    b: () => seconds[top],
  };
}
