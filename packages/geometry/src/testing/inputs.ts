// Inputs for tests, drawn in the same order as in tooling/golden/geometry.py.
import { asBoxes, type Boxes } from '../boxes.ts';
import { type Rng } from '../rng.ts';

/** Boxes with their first corner anywhere in a square of `size`, and sides up to `longest`. */
export function randomBoxes(rng: Rng, count: number, size: number, longest: number): Boxes {
  const boxes = new Float32Array(4 * count);
  for (let i = 0; i < boxes.length; i += 4) {
    const [x, y, width, height] = [rng.uniform(), rng.uniform(), rng.uniform(), rng.uniform()];
    boxes.set([x * size, y * size, x * size + width * longest, y * size + height * longest], i);
  }
  return asBoxes(boxes);
}

/** {@link randomBoxes} on whole pixels, with sides of at least 1: many pairs have the same IoU. */
export function latticeBoxes(rng: Rng, count: number, size: number, longest: number): Boxes {
  const boxes = new Float32Array(4 * count);
  for (let i = 0; i < boxes.length; i += 4) {
    const [x, y, width, height] = [rng.integer(size), rng.integer(size), 1 + rng.integer(longest), 1 + rng.integer(longest)];
    boxes.set([x, y, x + width, y + height], i);
  }
  return asBoxes(boxes);
}

/** Scores in 0 … 1; of `levels` equidistant values only, if given. */
export function randomScores(rng: Rng, count: number, levels?: number): Float32Array {
  return new Float32Array(count).map(() => (levels === undefined ? rng.uniform() : rng.integer(levels) / levels));
}

/** The bytes of a golden value. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A golden value of float32. */
export function floatsOf(base64: string): Float32Array {
  return new Float32Array(bytesOf(base64).buffer);
}
