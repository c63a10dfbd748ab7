import type { Rng } from '@rcnn/geometry';

/** Red, green, blue, 0…255 each. */
export type Colour = readonly [number, number, number];

/** Uniform in [low, high). */
export function between(rng: Rng, low: number, high: number): number {
  return low + (high - low) * rng.uniform();
}

/** A unit vector, all directions alike: a point of the disc, drawn by rejection, brought to length 1. */
export function randomDirection(rng: Rng): [number, number] {
  for (;;) {
    const [x, y] = [between(rng, -1, 1), between(rng, -1, 1)];
    const length = Math.sqrt(x * x + y * y);
    if (length > 0.1 && length <= 1) {
      return [x / length, y / length];
    }
  }
}

/** A unit vector near [1, 0], its slope at most `tilt` either way. */
export function tiltedDirection(rng: Rng, tilt: number): [number, number] {
  const slope = between(rng, -tilt, tilt);
  const length = Math.sqrt(1 + slope * slope);
  return [1 / length, slope / length];
}

/** A colour at least `contrast` away from each of `others` (in RGB, of 441), or the farthest of thirty tries. */
export function contrastingColour(rng: Rng, others: readonly Colour[], contrast: number): Colour {
  let best: Colour = [0, 0, 0];
  let farthest = -1;
  for (let attempt = 0; attempt < 30 && farthest < contrast; attempt++) {
    const colour: Colour = [between(rng, 10, 245), between(rng, 10, 245), between(rng, 10, 245)];
    const nearest = others.reduce((least, other) => Math.min(least, colourDistance(colour, other)), 442);
    if (nearest > farthest) {
      [best, farthest] = [colour, nearest];
    }
  }
  return best;
}

function colourDistance(a: Colour, b: Colour): number {
  return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
}
