// Masks and polygons for tests, drawn in the same order as in tooling/golden/masks.py.
import fc from 'fast-check';

import type { Rng } from '../rng.ts';

/** Noise, or some rectangles, or nothing at all, or everything; row-major. */
export function randomMask(rng: Rng, height: number, width: number): Uint8Array {
  const mask = new Uint8Array(height * width);
  const kind = rng.uniform();
  if (kind < 0.4) {
    const density = rng.uniform();
    return mask.map(() => (rng.uniform() < density ? 1 : 0));
  }
  if (kind > 0.96) {
    return mask.fill(kind > 0.98 ? 1 : 0);
  }
  for (let count = 1 + rng.integer(4); count > 0; count--) {
    const [x, y] = [rng.integer(width), rng.integer(height)];
    const bottom = Math.min(height, y + 1 + rng.integer(height));
    const right = Math.min(width, x + 1 + rng.integer(width));
    for (let row = y; row < bottom; row++) {
      mask.fill(1, row * width + x, row * width + right);
    }
  }
  return mask;
}

/** Corners in and around an image, on a grid of whole, half or hundredth pixels, or anywhere; often crossing itself. */
export function randomPolygon(rng: Rng, height: number, width: number): number[] {
  const grid = [1, 2, 100, 0][rng.integer(4)];
  const around = 0.3 * rng.uniform();
  return Array.from({ length: 3 + rng.integer(10) }, () => [width, height]).flatMap((sides) =>
    sides.map((side) => {
      const value = side * ((1 + 2 * around) * rng.uniform() - around);
      return grid > 0 ? Math.floor(value * grid + 0.5) / grid : value;
    }),
  );
}

/** A mask with its size. */
export interface SizedMask {
  readonly mask: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/** Some masks of one size, up to 12 × 12. */
export function anyMasks(minLength: number, maxLength: number): fc.Arbitrary<SizedMask[]> {
  const side = fc.integer({ min: 1, max: 12 });
  return fc.tuple(side, side).chain(([height, width]) => {
    const bits = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: height * width, maxLength: height * width });
    return fc.array(bits.map((values) => ({ mask: Uint8Array.from(values), height, width })), { minLength, maxLength });
  });
}

/** One mask, up to 12 × 12. */
export const anyMask: fc.Arbitrary<SizedMask> = anyMasks(1, 1).map(([mask]) => mask);
