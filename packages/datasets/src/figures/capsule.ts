import type { Outline } from '../shapes/outline.ts';

/** A point in an image, or a vector. */
export type Point = readonly [number, number];

/** All points within `radius` of a segment; a disc where its ends are one. */
export function capsule([ax, ay]: Point, [bx, by]: Point, radius: number): Outline {
  const [ex, ey] = [bx - ax, by - ay];
  const squared = ex * ex + ey * ey;
  return {
    distance: (x, y) => {
      const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * ex + (y - ay) * ey) / squared));
      const [dx, dy] = [x - ax - along * ex, y - ay - along * ey];
      return Math.sqrt(dx * dx + dy * dy) - radius;
    },
    extent: [Math.min(ax, bx) - radius, Math.min(ay, by) - radius, Math.max(ax, bx) + radius, Math.max(ay, by) + radius],
  };
}

/** All points of any of the outlines. Distances are exact inside and up to a pixel outside, which is all that painting looks at; farther away ∞. */
export function union(outlines: readonly Outline[]): Outline {
  const extreme = (i: number, pick: (...values: number[]) => number): number => pick(...outlines.map(({ extent }) => extent[i]));
  return {
    distance: (x, y) => {
      let least = Infinity;
      for (const { distance, extent } of outlines) {
        if (x > extent[0] - 1 && y > extent[1] - 1 && x < extent[2] + 1 && y < extent[3] + 1) least = Math.min(least, distance(x, y));
      }
      return least;
    },
    extent: [extreme(0, Math.min), extreme(1, Math.min), extreme(2, Math.max), extreme(3, Math.max)],
  };
}
