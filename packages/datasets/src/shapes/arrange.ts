import type { Size } from '@rcnn/geometry';
import type { Outline } from './outline.ts';

// At least these parts of each thing are inside the image, and seen: what is mostly hidden could be anything.
const leastInside = 0.75;
const leastSeen = 0.6;
// Two boxes that overlap more would be one detection after non-maximum suppression at .5.
const mostOverlap = 0.35;

/**
 * Things from the rearmost to the foremost, each with a mask of the pixels where it is the uppermost; a place that would hide too much of any
 * of them is given up.
 * @param propose a thing at a place
 * @param mayBe whether a thing can be told by the pixels that are left of it
 */
export function arrange<Thing extends { readonly outline: Outline }>(
  size: Size,
  wanted: number,
  propose: () => Thing,
  mayBe: (thing: Thing, mask: Uint8Array) => boolean = () => true,
): (Thing & { readonly mask: Uint8Array })[] {
  const placed: { thing: Thing & { readonly mask: Uint8Array }; area: number }[] = [];
  for (let attempt = 0; placed.length < wanted && attempt < 12 * wanted; attempt++) {
    const proposed = propose();
    const { mask, area, seen } = rasterize(proposed.outline, size);
    const left = placed.map(({ thing }) => thing.mask.map((value, i) => (mask[i] === 1 ? 0 : value)));
    const fits =
      seen >= leastInside * area &&
      mayBe(proposed, mask) &&
      placed.every(
        ({ thing, area: whole }, i) =>
          count(left[i]) >= leastSeen * whole && overlap(thing.outline, proposed.outline) <= mostOverlap && mayBe(thing, left[i]),
      );
    if (fits) {
      placed.forEach(({ thing }, i) => thing.mask.set(left[i]));
      placed.push({ thing: { ...proposed, mask }, area });
    }
  }
  return placed.map(({ thing }) => thing);
}

/** The pixels whose centre is inside: a mask of those in the image, how many there are, and how many those are. */
export function rasterize({ distance, extent }: Outline, { width, height }: Size): { mask: Uint8Array; area: number; seen: number } {
  const mask = new Uint8Array(width * height);
  let area = 0;
  let seen = 0;
  for (let y = Math.floor(extent[1]); y < extent[3]; y++) {
    for (let x = Math.floor(extent[0]); x < extent[2]; x++) {
      if (distance(x + 0.5, y + 0.5) <= 0) {
        area++;
        if (x >= 0 && y >= 0 && x < width && y < height) {
          seen++;
          mask[y * width + x] = 1;
        }
      }
    }
  }
  return { mask, area, seen };
}

function count(mask: Uint8Array): number {
  let sum = 0;
  for (const value of mask) {
    sum += value;
  }
  return sum;
}

/** Intersection over union of two things' boxes. */
function overlap({ extent: a }: Outline, { extent: b }: Outline): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared);
}
