import { type Boxes } from './boxes.ts';
import { createCellAxis } from './cell-axis.ts';

/** The boxes that a greedy suppression has kept so far. */
export interface KeptBoxes {
  /** Keeps box `i`, unless a kept box of the same label has an IoU above the threshold with it. Whether it was kept. */
  readonly keep: (i: number) => boolean;
}

// Below this area a float32 product has lost its relative precision, and bounds of real arithmetic say nothing of it.
const leastPreciseArea = 2 ** -100;
// So few boxes are compared sooner than the cells to search are found.
const fewBoxes = 8;
// x1, y1, x2, y2, width, height, area, unused: half a cache line.
const fields = 8;

/**
 * An empty {@link KeptBoxes}: a hash of cells in four dimensions, position and size along x and y (see `cell-axis.ts`), so
 * that a box is compared with its near neighbours only. Boxes kept at one threshold are so far apart in these dimensions
 * that a cell holds few of them, whatever the input. Where more cells would have to be searched than boxes have been kept,
 * the kept boxes are searched one by one.
 */
export function createKeptBoxes(boxes: Boxes, labels: Int32Array, threshold: number): KeptBoxes {
  const fround = Math.fround;
  const columns = createCellAxis(boxes, 0, threshold);
  const rows = createCellAxis(boxes, 1, threshold);

  let count = 0;
  const indices = new Uint32Array(labels.length);
  const records = new Float32Array(fields * labels.length);
  // A bucket is a list linked through `next`: the n-th kept box, counted from 1. Cells that share one cost time only.
  const mask = 2 ** Math.ceil(Math.log2(2 * labels.length + 1)) - 1;
  const buckets = new Uint32Array(mask + 1);
  const next = new Uint32Array(labels.length + 1);

  // IoU > t means intersection > t / (1 + t) * (sum of areas): a test without branches or rounding, safe by its margin
  // (times 4, for it is put to twice the width and height). Near 0 no relative margin is safe, and every pair passes.
  const necessary = threshold < 0.01 ? -Infinity : ((4 * threshold) / (1 + threshold)) * (1 - 1e-5);

  const suppresses = (n: number, i: number, area: number): boolean => {
    const k = indices[n - 1];
    const a = 4 * i;
    const b = 4 * k;
    const width = fround(Math.min(boxes[a + 2], boxes[b + 2]) - Math.max(boxes[a], boxes[b]));
    const height = fround(Math.min(boxes[a + 3], boxes[b + 3]) - Math.max(boxes[a + 1], boxes[b + 1]));
    if (width <= 0 || height <= 0 || labels[i] !== labels[k]) {
      return false;
    }
    const intersection = fround(width * height);
    return fround(intersection / fround(fround(area + records[fields * (n - 1) + 6]) - intersection)) > threshold;
  };

  const suppressedByAny = (i: number, area: number): boolean => {
    for (let n = 1; n <= count; n++) {
      if (suppresses(n, i, area)) {
        return true;
      }
    }
    return false;
  };

  const suppressedByNeighbour = (i: number, area: number, columnCount: number, rowCount: number): boolean => {
    const x1 = boxes[4 * i];
    const y1 = boxes[4 * i + 1];
    const x2 = boxes[4 * i + 2];
    const y2 = boxes[4 * i + 3];
    const width = x2 - x1;
    const height = y2 - y1;
    const label = labels[i];
    for (let column = 0; column < columnCount; column++) {
      for (let row = 0; row < rowCount; row++) {
        let n = buckets[hash(columns.cells[column], rows.cells[row], label) & mask];
        for (; n > 0; n = next[n]) {
          const at = fields * (n - 1);
          const twiceWidth = width + records[at + 4] - Math.abs(x1 - records[at]) - Math.abs(x2 - records[at + 2]);
          const twiceHeight = height + records[at + 5] - Math.abs(y1 - records[at + 1]) - Math.abs(y2 - records[at + 3]);
          if (twiceWidth * twiceHeight > necessary * (area + records[at + 6]) && suppresses(n, i, area)) {
            return true;
          }
        }
      }
    }
    return false;
  };

  return {
    keep: (i) => {
      const x1 = boxes[4 * i];
      const y1 = boxes[4 * i + 1];
      const x2 = boxes[4 * i + 2];
      const y2 = boxes[4 * i + 3];
      const area = fround(fround(x2 - x1) * fround(y2 - y1));
      if (area === 0) {
        return true; // its IoU with any box is 0, so it need not be remembered
      }
      const few = count <= fewBoxes;
      if (few && suppressedByAny(i, area)) {
        return false;
      }
      const columnCount = columns.search(i);
      const rowCount = rows.search(i);
      const near = columnCount * rowCount <= count && area > leastPreciseArea;
      if (!few && (near ? suppressedByNeighbour(i, area, columnCount, rowCount) : suppressedByAny(i, area))) {
        return false;
      }
      const at = fields * count;
      records[at] = x1;
      records[at + 1] = y1;
      records[at + 2] = x2;
      records[at + 3] = y2;
      records[at + 4] = x2 - x1;
      records[at + 5] = y2 - y1;
      records[at + 6] = area;
      indices[count++] = i;
      const bucket = hash(columns.place(), rows.place(), labels[i]) & mask;
      next[count] = buckets[bucket];
      buckets[bucket] = count;
      return true;
    },
  };
}

/** Products with odd constants, combined, and their high bits folded into the low ones. */
function hash(column: number, row: number, label: number): number {
  const mixed = column ^ Math.imul(row, 0x85ebca77) ^ Math.imul(label, 0x165667b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 7;
}
