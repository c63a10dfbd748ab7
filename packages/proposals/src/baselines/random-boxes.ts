import { createRng, emptyBoxes, type Size } from '@rcnn/geometry';
import type { Proposals } from '../proposals.ts';

/** What {@link randomBoxes} may be told. */
export interface RandomBoxesOptions {
  readonly count?: number;
  readonly seed?: number;
  /** No box is narrower or lower, in pixels, where the image allows. */
  readonly minBoxSize?: number;
}

/**
 * A baseline that knows nothing of the image: both corners uniform. The same seed gives the same boxes, and more of them
 * begin with the fewer. Scores descend evenly from 1.
 * @throws RangeError if an option is out of its range
 */
export function randomBoxes({ width, height }: Size, { count = 2000, seed = 0, minBoxSize = 1 }: RandomBoxesOptions = {}): Proposals {
  if (!(Number.isInteger(count) && count >= 0 && minBoxSize >= 0 && width > 0 && height > 0)) {
    throw new RangeError(`randomBoxes: expected a size, a count and a minBoxSize that are not negative, got ${width} × ${height}, ${count} and ${minBoxSize}`);
  }
  const rng = createRng(seed);
  const boxes = emptyBoxes(count);
  const side = (length: number): [number, number] => {
    const least = Math.min(minBoxSize, length);
    for (;;) {
      const [a, b] = [rng.uniform() * length, rng.uniform() * length];
      if (Math.abs(a - b) >= least) return [Math.min(a, b), Math.max(a, b)];
      if (least > 0.9 * length) return [0, length]; // hardly any pair is so far apart
    }
  };
  for (let i = 0; i < count; i++) {
    const [x1, x2] = side(width);
    const [y1, y2] = side(height);
    boxes.set([x1, y1, x2, y2], 4 * i);
  }
  return { boxes, scores: Float32Array.from({ length: count }, (_, i) => 1 - i / count) };
}
