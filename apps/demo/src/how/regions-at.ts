/** The part of a hierarchy that tells which regions there are after some merges. */
export interface MergedNodes {
  readonly leaves: number;
  readonly count: number;
  readonly parents: Int32Array;
}

/** For each node of a hierarchy the region that holds it after the first `merges` merges; nodes that do not exist by then hold themselves. */
export function regionsAt({ leaves, count, parents }: MergedNodes, merges: number): Int32Array {
  const born = leaves + merges;
  const holder = new Int32Array(count);
  // A parent has a greater number than its children.
  for (let node = count - 1; node >= 0; node--) {
    const parent = parents[node];
    holder[node] = node < born && parent >= 0 && parent < born ? holder[parent] : node;
  }
  return holder;
}
