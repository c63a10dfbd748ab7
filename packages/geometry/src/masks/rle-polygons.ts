import { mergeRles } from './merge-rles.ts';
import { checkMaskSize, type Rle } from './rle.ts';

/**
 * The pixels inside any of some polygons, `[x, y, x, y, …]` each, to the pixel as the COCO API rasterises them: corners are
 * rounded to fifths of a pixel, an edge is the staircase of fifths nearest to it, and in each column of pixels it counts where
 * the staircase passes the column's middle. Where edges of one polygon cross, what is wound around twice is outside.
 * @throws RangeError if there is no polygon, or one has fewer than 3 points, an odd number of coordinates, or one beyond ±2³⁰
 */
export function rleFromPolygons(polygons: readonly ArrayLike<number>[], height: number, width: number): Rle {
  checkMaskSize('rleFromPolygons', height, width);
  if (polygons.length === 0) {
    throw new RangeError('rleFromPolygons: expected one polygon or more, got none');
  }
  return mergeRles(polygons.map((polygon, i) => rasterise(scaledCorners(polygon, i), height, width)));
}

/** Coordinates beyond it are no pixels, and steps along an edge could not be counted one by one. */
const farthest = 2 ** 30;

/** Fifths of a pixel, as the COCO API rounds them: to the nearest, and below zero towards it. The first corner again ends it. */
function scaledCorners(polygon: ArrayLike<number>, index: number): Float64Array {
  const { length } = polygon;
  if (length < 6 || length % 2 !== 0) {
    const got = length % 2 !== 0 ? `an odd number of coordinates, ${length}` : length === 2 ? '1 point' : `${length / 2} points`;
    throw new RangeError(`rleFromPolygons: expected x and y of 3 points or more, got ${got}, in polygon ${index}`);
  }
  const corners = new Float64Array(length + 2);
  for (let i = 0; i < length; i++) {
    if (!(Math.abs(polygon[i]) <= farthest)) {
      throw new RangeError(`rleFromPolygons: expected coordinates from −2^30 to 2^30, got ${polygon[i]} in polygon ${index}`);
    }
    corners[i] = Math.trunc(5 * polygon[i] + 0.5);
  }
  corners[length] = corners[0];
  corners[length + 1] = corners[1];
  return corners;
}

// An edge passes the middle of column x on its way from 5x + 2 to 5x + 3.
const firstColumn = (left: number): number => Math.max(0, Math.ceil((left - 2) / 5));
const lastColumn = (right: number, width: number): number => Math.min(width - 1, Math.floor((right - 3) / 5));

function rasterise(corners: Float64Array, height: number, width: number): Rle {
  let left = Infinity;
  let right = -Infinity;
  for (let i = 0; i < corners.length; i += 2) {
    left = Math.min(left, corners[i]);
    right = Math.max(right, corners[i]);
  }
  const from = firstColumn(left);
  const columns = Math.max(0, lastColumn(right, width) + 1 - from);
  const first = new Uint32Array(columns + 2); // each column's first crossing, two places on: see below
  for (let i = 2; i < corners.length; i += 2) {
    const [a, b] = [corners[i - 2], corners[i]];
    const end = lastColumn(Math.max(a, b), width);
    for (let x = firstColumn(Math.min(a, b)); x <= end; x++) {
      first[x - from + 2]++;
    }
  }
  for (let x = 2; x < first.length; x++) {
    first[x] += first[x - 1];
  }
  const crossings = new Uint32Array(first[columns + 1]);
  for (let i = 2; i < corners.length; i += 2) {
    let xs = corners[i - 2];
    let ys = corners[i - 1];
    let xe = corners[i];
    let ye = corners[i + 1];
    const dx = Math.abs(xe - xs);
    const dy = Math.abs(ye - ys);
    const steep = dx < dy;
    if (steep ? ys > ye : xs > xe) {
      [xs, ys, xe, ye] = [xe, ye, xs, ys];
    }
    const slope = steep ? (xe - xs) / dy : (ye - ys) / dx;
    const end = lastColumn(Math.max(xs, xe), width);
    for (let x = firstColumn(Math.min(xs, xe)); x <= end; x++) {
      const middle = 5 * x + 2;
      // The upper one of the two steps on either side of the middle.
      const top = steep
        ? ys + stepBeyond(xs, slope, middle) - 1
        : Math.floor(ys + slope * (middle - xs + (slope < 0 ? 1 : 0)) + 0.5);
      const y = top < 2 ? 0 : Math.min(height, Math.floor((top + 2) / 5));
      // When all are placed, first[x] is where column x begins, and first[x + 1] where it ends.
      crossings[first[x - from + 1]++] = x * height + y;
    }
  }
  for (let x = 0; x < columns; x++) {
    sortRange(crossings, first[x], first[x + 1]);
  }
  return rleFromCrossings(crossings, height, width);
}

/** Most columns have two crossings, and hardly any more than ten. */
function sortRange(values: Uint32Array, start: number, end: number): void {
  if (end - start > 32) {
    values.subarray(start, end).sort();
    return;
  }
  for (let i = start + 1; i < end; i++) {
    const value = values[i];
    let to = i;
    for (; to > start && values[to - 1] > value; to--) {
      values[to] = values[to - 1];
    }
    values[to] = value;
  }
}

/** The first step down a steep edge that is beyond the middle of its column, by the very arithmetic that draws the edge. */
function stepBeyond(xs: number, slope: number, middle: number): number {
  let step = Math.ceil((middle + 0.5 - xs) / slope);
  while (!isBeyond(xs, slope, middle, step)) {
    step++;
  }
  while (isBeyond(xs, slope, middle, step - 1)) {
    step--;
  }
  return step;
}

function isBeyond(xs: number, slope: number, middle: number, step: number): boolean {
  return slope > 0 ? Math.floor(xs + slope * step + 0.5) > middle : Math.floor(xs + slope * step + 0.5) <= middle;
}

/** Runs between sorted positions at which inside and outside change places; two at the same position undo each other. */
function rleFromCrossings(crossings: Uint32Array, height: number, width: number): Rle {
  const counts = new Uint32Array(crossings.length + 1);
  const end = height * width;
  let run = 0;
  let last = 0;
  for (let i = 0; i < crossings.length; i++) {
    if (crossings[i] === crossings[i + 1]) {
      i++;
    } else if (crossings[i] < end) {
      counts[run++] = crossings[i] - last;
      last = crossings[i];
    }
  }
  counts[run++] = end - last;
  return { height, width, counts: counts.slice(0, run) };
}
