import { createRng, emptyBoxes, type Size } from '@rcnn/geometry';
import type { Proposals } from '../proposals.ts';

/** What {@link slidingWindows} may be told. */
export interface SlidingWindowsOptions {
  /** Square roots of the windows' areas, as parts of the image's shorter side. */
  readonly scales?: readonly number[];
  /** Height over width. */
  readonly ratios?: readonly number[];
  /** From window to window, as a part of its width and of its height. */
  readonly stride?: number;
  /** The order is shuffled, so that any number of the first windows is spread over the image, sizes and shapes. */
  readonly seed?: number;
}

/**
 * A baseline that knows nothing of the image: windows of given scales and ratios in even steps, centred, those larger than the
 * image cut to it. Scores descend evenly from 1.
 * @throws RangeError if a scale, a ratio or the stride is not above 0
 */
export function slidingWindows(
  { width, height }: Size,
  { scales = [0.125, 0.25, 0.5, 0.75, 1], ratios = [0.5, 1, 2], stride = 0.25, seed = 0 }: SlidingWindowsOptions = {},
): Proposals {
  if (![width, height, stride, ...scales, ...ratios].every((value) => value > 0 && value < Infinity)) {
    throw new RangeError(`slidingWindows: expected a size, scales, ratios and a stride above 0, got ${width} × ${height}, ${scales.join(' ')}, ${ratios.join(' ')} and ${stride}`);
  }
  const found: [x: number, y: number, w: number, h: number][] = [];
  for (const scale of scales) {
    for (const ratio of ratios) {
      const side = scale * Math.min(width, height);
      const [w, h] = [Math.min(width, side / Math.sqrt(ratio)), Math.min(height, side * Math.sqrt(ratio))];
      for (const y of starts(height, h, stride)) {
        for (const x of starts(width, w, stride)) found.push([x, y, w, h]);
      }
    }
  }
  const boxes = emptyBoxes(found.length);
  createRng(seed)
    .permutation(found.length)
    .forEach((from, i) => {
      const [x, y, w, h] = found[from];
      boxes.set([x, y, x + w, y + h], 4 * i);
    });
  return { boxes, scores: Float32Array.from(found, (_, i) => 1 - i / found.length) };
}

/** Even steps of at most `stride` lengths from one border to the other. */
function starts(whole: number, length: number, stride: number): number[] {
  const steps = Math.ceil((whole - length) / (stride * length) - 1e-9);
  return Array.from({ length: Math.max(0, steps) + 1 }, (_, i) => (steps > 0 ? (i * (whole - length)) / steps : 0));
}
