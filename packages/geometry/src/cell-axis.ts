import { type Boxes } from './boxes.ts';

/**
 * One axis of a search among boxes for those whose IoU with a given box may be above a threshold t. The IoU of two boxes is
 * at most that of their extents along either axis; so along each axis
 * - their lengths differ by a factor below 1/t;
 * - their centres are nearer than `(1 - t) / (2t)` times the smaller length, and than half the sum of the lengths.
 *
 * An extent has a level, from the logarithm of its length, and at its level a cell, from its centre; the cells of a level
 * are as wide as its longest extents can search.
 */
export interface CellAxis {
  /**
   * Finds the cells where a box that overlaps box `i` enough can have been placed, and puts their numbers into `cells`.
   * Returns how many, or Infinity if they are too many.
   */
  readonly search: (i: number) => number;
  /** The numbers of the cells that the last search found; two cells may, rarely, have the same number. */
  readonly cells: Int32Array;
  /** Places the box of the last search: later searches look at its level. Returns the number of its cell. */
  readonly place: () => number;
}

// The bounds are of real numbers. The IoU compared with t is of float32, right to within this margin, relatively.
const margin = 1e-5;
// The binary logarithms of float32 lengths go from -149 to 129: what to add to count from 0, and how many to have room for.
const zeroLevel = 160;
const levelCount = 320;
// Lengths at one level differ by a factor below this. A smaller one would mean more cells, a greater one fuller cells.
const base = 3;
const mostCells = 256;

/** A {@link CellAxis} along x (`axis` 0) or y (`axis` 1) where nothing has been placed. */
export function createCellAxis(boxes: Boxes, axis: 0 | 1, threshold: number): CellAxis {
  const bound = Math.min(threshold, 0.9) * (1 - margin); // smaller cells than those for .9 would not pay
  const reach = ((1 - bound) / (2 * bound)) * (1 + margin); // Infinity at threshold 0
  const perLevel = 1 / Math.log(base);
  const window = -Math.log(bound) * perLevel; // Infinity at threshold 0

  const longest = new Float64Array(levelCount); // length at a level, exclusive
  const cellSizes = new Float64Array(levelCount);
  for (let level = 0; level < levelCount; level++) {
    longest[level] = level === 0 ? base ** (1 - zeroLevel) : base * longest[level - 1];
    cellSizes[level] = longest[level] * Math.min(2 * reach, 1);
  }

  const cells = new Int32Array(mostCells);
  let [lowestPlaced, highestPlaced] = [levelCount, -1];
  let [centre, exactLevel] = [0, 0];
  return {
    search: (i) => {
      const low = boxes[4 * i + axis];
      const high = boxes[4 * i + axis + 2];
      const length = high - low;
      centre = (low + high) / 2;
      exactLevel = Math.log(length) * perLevel + zeroLevel;
      const lowest = Math.max(lowestPlaced, Math.floor(exactLevel - window));
      const highest = Math.min(highestPlaced, Math.floor(exactLevel + window));
      let count = 0;
      for (let level = lowest; level <= highest; level++) {
        const touching = ((length + longest[level]) / 2) * (1 + margin);
        const distance = Math.min(reach * Math.min(length, longest[level]), touching);
        const from = Math.floor((centre - distance) / cellSizes[level]);
        const to = Math.floor((centre + distance) / cellSizes[level]);
        if (!(count + to - from < mostCells)) {
          return Infinity;
        }
        for (let cell = from; cell <= to; cell++) {
          cells[count++] = cellNumber(level, cell);
        }
      }
      return count;
    },
    cells,
    place: () => {
      const level = Math.floor(exactLevel);
      lowestPlaced = Math.min(lowestPlaced, level);
      highestPlaced = Math.max(highestPlaced, level);
      return cellNumber(level, Math.floor(centre / cellSizes[level]));
    },
  };
}

function cellNumber(level: number, cell: number): number {
  return Math.imul(level, 0x9e3779b1) ^ Math.imul(cell, 0xc2b2ae3d);
}
