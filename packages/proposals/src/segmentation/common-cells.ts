import type { ComponentRegions } from './segment-components.ts';

/**
 * The coarsest division finer than several segmentations: a cell is what belongs to one region in each. What is counted once
 * a cell, colours for one, need not be counted again for each segmentation.
 */
export interface CommonCells {
  /** The cell of each component. */
  readonly cellOf: Int32Array;
  readonly count: number;
  /** For each segmentation, the region of each cell. */
  readonly regionsOf: readonly Int32Array[];
}

/** The common cells of segmentations of the same components, numbered as a scan meets them. */
export function commonCells(segmentations: readonly ComponentRegions[]): CommonCells {
  const cellOf = segmentations[0].regionOf.slice();
  let count = segmentations[0].count;
  for (const { regionOf } of segmentations.slice(1)) {
    count = intersect(cellOf, regionOf, count);
  }
  const regionsOf = segmentations.map(({ regionOf }) => {
    const regions = new Int32Array(count);
    for (let component = 0; component < cellOf.length; component++) {
      regions[cellOf[component]] = regionOf[component];
    }
    return regions;
  });
  return { cellOf, count, regionsOf };
}

/** Numbers each pair of a cell and a region anew, in place: cells of one old number are chained, a link a region met. */
function intersect(cellOf: Int32Array, regionOf: Int32Array, cells: number): number {
  const heads = new Int32Array(cells).fill(-1);
  const next = new Int32Array(cellOf.length);
  const regions = new Int32Array(cellOf.length);
  let count = 0;
  for (let component = 0; component < cellOf.length; component++) {
    const region = regionOf[component];
    let link = heads[cellOf[component]];
    while (link >= 0 && regions[link] !== region) link = next[link];
    if (link < 0) {
      link = count++;
      regions[link] = region;
      next[link] = heads[cellOf[component]];
      heads[cellOf[component]] = link;
    }
    cellOf[component] = link;
  }
  return count;
}
