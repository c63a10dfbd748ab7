import type { Scratch } from '../scratch.ts';

// Disjoint sets in one array: of a root −size, of any other element an element nearer to its root.

/** `count` sets of one element. */
export function singletons(count: number, { take }: Scratch): Int32Array {
  return take(Int32Array, count).fill(-1);
}

/** The root of an element's set; elements passed on the way are hung one higher (path halving). */
export function findRoot(sets: Int32Array, element: number): number {
  let at = element;
  let parent = sets[at];
  while (parent >= 0) {
    const grandparent = sets[parent];
    if (grandparent < 0) return parent;
    sets[at] = grandparent;
    at = grandparent;
    parent = sets[at];
  }
  return at;
}

/** Hangs the smaller of two sets below the larger, by their roots; the root that stays. */
export function joinRoots(sets: Int32Array, a: number, b: number): number {
  const size = sets[a] + sets[b];
  const root = sets[a] > sets[b] ? b : a;
  sets[a + b - root] = root;
  sets[root] = size;
  return root;
}

/** Numbers the sets 0, 1, … in the order in which a scan meets them. */
export function numberSets(sets: Int32Array, { take, free }: Scratch): { numbers: Int32Array; count: number } {
  const numbers = new Int32Array(sets.length);
  const numberOf = take(Int32Array, sets.length).fill(-1);
  let count = 0;
  for (let i = 0; i < sets.length; i++) {
    const root = findRoot(sets, i);
    let number = numberOf[root];
    if (number < 0) {
      number = count++;
      numberOf[root] = number;
    }
    numbers[i] = number;
  }
  free(numberOf);
  return { numbers, count };
}
