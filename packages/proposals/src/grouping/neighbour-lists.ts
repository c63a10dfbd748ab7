/** Lists of each region's neighbours, chained through typed arrays: no object a region or a link. */
export interface NeighbourLists {
  readonly link: (a: number, b: number) => void;
  /** Gathers the neighbours of a and b that have no parent, each once; how many there are. */
  readonly collect: (a: number, b: number, parents: Int32Array) => number;
  /** One of those gathered last. */
  readonly found: (index: number) => number;
}

/** Empty lists for `regions` regions, with room for `capacity` entries to begin with. */
export function createNeighbourLists(regions: number, capacity: number): NeighbourLists {
  let neighbours = new Int32Array(Math.max(16, capacity));
  let next = new Int32Array(neighbours.length);
  let used = 0;
  const heads = new Int32Array(regions).fill(-1);
  const stamps = new Int32Array(regions).fill(-1); // which call of `collect` found a region last
  const found = new Int32Array(regions);
  let stamp = 0;
  let count = 0;

  const add = (region: number, neighbour: number): void => {
    if (used === neighbours.length) {
      [neighbours, next] = [neighbours, next].map((array) => {
        const larger = new Int32Array(2 * array.length);
        larger.set(array);
        return larger;
      });
    }
    neighbours[used] = neighbour;
    next[used] = heads[region];
    heads[region] = used++;
  };
  const gather = (region: number, parents: Int32Array): void => {
    for (let at = heads[region]; at >= 0; at = next[at]) {
      const neighbour = neighbours[at];
      if (parents[neighbour] >= 0 || stamps[neighbour] === stamp) continue;
      stamps[neighbour] = stamp;
      found[count++] = neighbour;
    }
  };
  return {
    link: (a, b) => {
      add(a, b);
      add(b, a);
    },
    collect: (a, b, parents) => {
      stamp++;
      count = 0;
      gather(a, parents);
      gather(b, parents);
      return count;
    },
    found: (index) => found[index],
  };
}
