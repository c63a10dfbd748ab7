import type { Boxes, Keypoints } from '@rcnn/geometry';
import { bicubicAxis, type BicubicAxis } from './bicubic-axis.ts';

/** The keypoints of regions, and how sure the head is of each. */
export interface FoundKeypoints {
  /** Visibility 1 throughout, for the head does not say whether one is hidden: [R, K, 3]. */
  readonly keypoints: Keypoints;
  /** The interpolated logit where each was found: [R, K]. Not a probability, and of any sign. */
  readonly scores: Float32Array;
}

/** The share of weights above 1 that is taken back by negative ones: at most 0.1875 an axis, ½ (1.375² − 1) in both. */
const overshoot = 0.4454;

/**
 * Where the keypoints of regions are (He et al. 2017, §5), as in torchvision: each heat map is resized to its box, of whole pixels, by
 * bicubic interpolation, and the keypoint lies at the centre of the highest one, the first of several. Only those cells are interpolated
 * whose 4 × 4 neighbours are high enough for the maximum to lie there.
 * @param heatmaps logits [R, m, m, K]
 * @param boxes the regions, in whose pixels the keypoints are
 * @param count K
 * @throws RangeError if the heat maps are not R · K squares
 */
export function heatmapsToKeypoints(heatmaps: Float32Array, boxes: Boxes, count: number): FoundKeypoints {
  const regions = boxes.length / 4;
  const side = regions === 0 ? 0 : Math.sqrt(heatmaps.length / regions / count);
  if (!Number.isInteger(side) || (regions === 0 && heatmaps.length > 0)) {
    throw new RangeError(`heatmapsToKeypoints: expected square heat maps of ${count} keypoints of ${regions} regions, got ${heatmaps.length} numbers`);
  }
  const keypoints = new Float32Array(3 * regions * count) as Keypoints;
  const scores = new Float32Array(regions * count);
  const [map, highest, lowest] = [new Float32Array(side * side), new Float32Array((side + 1) ** 2), new Float32Array((side + 1) ** 2)];
  for (let region = 0; region < regions; region++) {
    const [x1, y1, x2, y2] = boxes.subarray(4 * region, 4 * region + 4);
    const [width, height] = [Math.max(Math.fround(x2 - x1), 1), Math.max(Math.fround(y2 - y1), 1)];
    const [columns, rows] = [bicubicAxis(side, Math.ceil(width)), bicubicAxis(side, Math.ceil(height))];
    for (let k = 0; k < count; k++) {
      const first = region * side * side * count + k;
      for (let i = 0; i < map.length; i++) map[i] = heatmaps[first + i * count];
      extremes(map, side, highest, lowest);
      const { x, y, value } = peak(map, side, highest, lowest, columns, rows);
      const at = region * count + k;
      keypoints[3 * at] = Math.fround((x + 0.5) * Math.fround(width / columns.length)) + x1;
      keypoints[3 * at + 1] = Math.fround((y + 0.5) * Math.fround(height / rows.length)) + y1;
      keypoints[3 * at + 2] = 1;
      scores[at] = value;
    }
  }
  return { keypoints, scores };
}

/** A pixel of a resized map. */
interface Peak {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** The highest and lowest neighbours of each cell of the interpolation, which lies between four centres: [m + 1, m + 1]. */
function extremes(map: Float32Array, side: number, highest: Float32Array, lowest: Float32Array): void {
  for (let row = 0; row <= side; row++) {
    for (let column = 0; column <= side; column++) {
      let [high, low] = [-Infinity, Infinity];
      // Beyond an edge its own values are repeated, which are among these.
      for (let y = Math.max(0, row - 2); y <= Math.min(side - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 2); x <= Math.min(side - 1, column + 1); x++) {
          const value = map[y * side + x];
          if (value > high) high = value;
          if (value < low) low = value;
        }
      }
      highest[row * (side + 1) + column] = high;
      lowest[row * (side + 1) + column] = low;
    }
  }
}

/** The highest pixel of a resized map, searched cell by cell, from that with the highest neighbour on. */
function peak(map: Float32Array, side: number, highest: Float32Array, lowest: Float32Array, columns: BicubicAxis, rows: BicubicAxis): Peak {
  let best: Peak = { x: 0, y: 0, value: -Infinity };
  const search = (cell: number): void => {
    const [row, column] = [Math.floor(cell / (side + 1)), cell % (side + 1)];
    for (let y = rows.first[row]; y < rows.first[row + 1]; y++) {
      for (let x = columns.first[column]; x < columns.first[column + 1]; x++) {
        const value = valueAt(map, side, columns, rows, x, y);
        const before = y < best.y || (y === best.y && x < best.x);
        if (value > best.value || (value === best.value && before)) best = { x, y, value };
      }
    }
  };
  let start = 0;
  highest.forEach((high, cell) => {
    if (high > highest[start]) start = cell;
  });
  search(start);
  for (let cell = 0; cell < highest.length; cell++) {
    const [high, low] = [highest[cell], lowest[cell]];
    // A little more than can be, because sums are rounded.
    const bound = high + overshoot * (high - low) + 1e-5 * (Math.abs(high) + Math.abs(low));
    if (bound >= best.value) search(cell);
  }
  return best;
}

/** A pixel of the resized map: four rows' sums of four values each, weighted. */
function valueAt(map: Float32Array, side: number, columns: BicubicAxis, rows: BicubicAxis, x: number, y: number): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const row = side * rows.taps[4 * y + i];
    let across = 0;
    for (let j = 0; j < 4; j++) across += columns.weights[4 * x + j] * map[row + columns.taps[4 * x + j]];
    sum += rows.weights[4 * y + i] * across;
  }
  return Math.fround(sum);
}
