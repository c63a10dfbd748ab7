import type { BicubicAxis } from './bicubic-axis.ts';

/** A pixel of a resized map. */
export interface Peak {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** The greatest sum of the two outer weights of bicubic interpolation, but for its sign: half-way between two pixels. */
const outer = 0.1875;

/**
 * The highest pixel, the first of several, of a map of side² values resized by bicubic interpolation. Only those cells between four old
 * centres are interpolated where the maximum may lie: of four values in a row the inner two count 1 + n together, the outer ones −n with
 * n ≤ {@link outer}, so that nothing between the inner ones is above `max + n (max − least outer)`, and so down the columns.
 */
export function bicubicPeak(map: Float32Array, side: number, columns: BicubicAxis, rows: BicubicAxis): Peak {
  const bounds = upperBounds(map, side);
  const across = new Float64Array(4 * columns.length);
  let best: Peak = { x: 0, y: 0, value: -Infinity };
  const search = (row: number, column: number): void => {
    const [left, right, top, bottom] = [columns.first[column], columns.first[column + 1], rows.first[row], rows.first[row + 1]];
    if (left === right || top === bottom) return;
    for (let i = 0; i < 4; i++) {
      const from = side * rows.taps[4 * top + i];
      for (let x = left; x < right; x++) {
        let sum = 0;
        for (let j = 4 * x; j < 4 * x + 4; j++) sum += columns.weights[j] * map[from + columns.taps[j]];
        across[4 * x + i] = sum;
      }
    }
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        let sum = 0;
        for (let i = 0; i < 4; i++) sum += rows.weights[4 * y + i] * across[4 * x + i];
        const value = Math.fround(sum);
        const before = y < best.y || (y === best.y && x < best.x);
        if (value > best.value || (value === best.value && before)) best = { x, y, value };
      }
    }
  };
  let start = 0;
  for (let cell = 1; cell < bounds.length; cell++) if (bounds[cell] > bounds[start]) start = cell;
  search(Math.floor(start / (side + 1)), start % (side + 1));
  for (let cell = 0; cell < bounds.length; cell++) {
    if (bounds[cell] >= best.value) search(Math.floor(cell / (side + 1)), cell % (side + 1));
  }
  return best;
}

/** What no value between the centres of old pixels (row − 1, column − 1) and (row, column) exceeds: [side + 1, side + 1]. */
function upperBounds(map: Float32Array, side: number): Float32Array {
  const cells = side + 1;
  const [above, below] = [new Float32Array(side * cells), new Float32Array(side * cells)];
  for (let column = 0; column < cells; column++) {
    const [x0, x1, x2, x3] = neighbours(column, side);
    for (let y = 0; y < side; y++) {
      const [v0, v1, v2, v3] = [map[y * side + x0], map[y * side + x1], map[y * side + x2], map[y * side + x3]];
      above[y * cells + column] = exceeded(Math.max(v1, v2), Math.min(v0, v3));
      below[y * cells + column] = -exceeded(-Math.min(v1, v2), -Math.max(v0, v3));
    }
  }
  const bounds = new Float32Array(cells * cells);
  for (let row = 0; row < cells; row++) {
    const [y0, y1, y2, y3] = neighbours(row, side);
    for (let x = 0; x < cells; x++) {
      const inner = Math.max(above[y1 * cells + x], above[y2 * cells + x]);
      const bound = exceeded(inner, Math.min(below[y0 * cells + x], below[y3 * cells + x]));
      // A little more than can be, because sums are rounded.
      bounds[row * cells + x] = bound + 1e-5 * (Math.abs(bound) + Math.abs(inner));
    }
  }
  return bounds;
}

/** The four old pixels around a place between i − 1 and i, edges repeated. */
function neighbours(i: number, side: number): readonly [number, number, number, number] {
  return [Math.max(0, i - 2), Math.max(0, i - 1), Math.min(side - 1, i), Math.min(side - 1, i + 1)];
}

function exceeded(inner: number, least: number): number {
  return inner > least ? inner + outer * (inner - least) : inner;
}
