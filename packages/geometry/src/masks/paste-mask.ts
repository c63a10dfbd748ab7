import { checkMaskSize, type Rle } from './rle.ts';

const { floor, fround, max, min } = Math;

/**
 * A mask head's m × m probabilities laid into an image over their box, row-major [height, width], 0 elsewhere, as torchvision
 * does it: the mask gets a border of zeros one wide, the box grows with it about its centre and is cut to whole numbers, and
 * the mask is resized bilinearly (half-pixel centres, clamped edges) to the box's sides plus one pixel.
 * @throws RangeError if the mask is not square, or the box is not four finite numbers
 */
export function pasteMask(mask: Float32Array, box: ArrayLike<number>, height: number, width: number): Float32Array {
  const { left, right, top, bottom, across, rows } = stretch('pasteMask', mask, box, height, width);
  const pasted = new Float32Array(height * width);
  const columns = right - left;
  for (let y = top; y < bottom; y++) {
    const upper = rows.first[y - top] * columns;
    const lower = rows.second[y - top] * columns;
    const far = rows.weight[y - top];
    for (let x = 0, to = y * width + left; x < columns; x++, to++) {
      pasted[to] = (1 - far) * across[upper + x] + far * across[lower + x];
    }
  }
  return pasted;
}

/**
 * {@link pasteMask} cut at a threshold: the pixels above it, as run lengths. Works within the box alone, so that a hundred
 * masks in a large image take little time and memory.
 * @throws RangeError as {@link pasteMask}
 */
export function pasteMaskRle(
  mask: Float32Array,
  box: ArrayLike<number>,
  height: number,
  width: number,
  { threshold = 0.5 }: { readonly threshold?: number } = {},
): Rle {
  if (!(threshold >= 0)) {
    throw new RangeError(`pasteMaskRle: expected a threshold of 0 or more, got ${threshold}`);
  }
  const { left, right, top, bottom, across, rows } = stretch('pasteMaskRle', mask, box, height, width);
  const columns = right - left;
  const counts = new Uint32Array(columns * (bottom - top + 1) + 1);
  let run = 0;
  let last = 0;
  let inside = false;
  const change = (at: number): void => {
    inside = !inside;
    counts[run++] = at - last;
    last = at;
  };
  for (let x = 0; x < columns; x++) {
    const start = (left + x) * height;
    for (let y = top; y < bottom; y++) {
      const far = rows.weight[y - top];
      const value = (1 - far) * across[rows.first[y - top] * columns + x] + far * across[rows.second[y - top] * columns + x];
      if (fround(value) > threshold !== inside) {
        change(start + y);
      }
    }
    // Ones go on into the next column only from its very bottom to the next one's very top.
    if (inside && (bottom < height || top > 0 || x === columns - 1)) {
      change(start + bottom);
    }
  }
  if (run === 0 || last < height * width) {
    counts[run++] = height * width - last;
  }
  return { height, width, counts: counts.slice(0, run) };
}

/** For each target pixel: the two source pixels it lies between, and how far it is towards the second. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float32Array;
}

interface Stretched extends Record<'left' | 'right' | 'top' | 'bottom', number> {
  /** The bordered mask's rows, resized to the columns from `left` to `right`. */
  readonly across: Float32Array; // [m + 2, right - left]
  readonly rows: Taps;
}

function stretch(caller: string, mask: Float32Array, box: ArrayLike<number>, height: number, width: number): Stretched {
  checkMaskSize(caller, height, width);
  const side = Math.sqrt(mask.length);
  if (!Number.isInteger(side) || side === 0) {
    throw new RangeError(`${caller}: expected a square mask, got ${mask.length} numbers`);
  }
  if (box.length !== 4 || !Array.from(box).every((value) => Number.isFinite(value))) {
    throw new RangeError(`${caller}: expected a box of four finite numbers, got [${Array.from(box).join(', ')}]`);
  }
  const [x1, x2] = grow(box[0], box[2], side);
  const [y1, y2] = grow(box[1], box[3], side);
  const [left, right] = [max(x1, 0), max(min(x2 + 1, width), max(x1, 0))];
  const [top, bottom] = [max(y1, 0), max(min(y2 + 1, height), max(y1, 0))];
  const columns = taps(side + 2, max(x2 - x1 + 1, 1), left - x1, right - x1);
  const rows = taps(side + 2, max(y2 - y1 + 1, 1), top - y1, bottom - y1);
  const count = right - left;
  const across = new Float32Array((side + 2) * count);
  const at = (row: number, column: number): number => (column >= 1 && column <= side ? mask[(row - 1) * side + column - 1] : 0);
  for (let row = 1; row <= side; row++) {
    for (let x = 0; x < count; x++) {
      const far = columns.weight[x];
      across[row * count + x] = (1 - far) * at(row, columns.first[x]) + far * at(row, columns.second[x]);
    }
  }
  return { left, right, top, bottom, across, rows };
}

/** One axis of a box about its centre, in float32, cut to whole numbers. */
function grow(low: number, high: number, side: number): [number, number] {
  const [a, b] = [fround(low), fround(high)];
  const half = fround(fround(fround(b - a) * 0.5) * fround((side + 2) / side));
  const centre = fround(fround(b + a) * 0.5);
  return [Math.trunc(fround(centre - half)), Math.trunc(fround(centre + half))];
}

function taps(from: number, to: number, start: number, end: number): Taps {
  const first = new Int32Array(end - start);
  const second = new Int32Array(end - start);
  const weight = new Float32Array(end - start);
  const scale = fround(from / to);
  for (let i = 0; i < first.length; i++) {
    const position = max(0, fround(fround(scale * (start + i + 0.5)) - 0.5));
    first[i] = min(floor(position), from - 1);
    second[i] = min(first[i] + 1, from - 1);
    weight[i] = min(1, position - first[i]);
  }
  return { first, second, weight };
}
