import type { Rng, Size } from '@rcnn/geometry';
import { placeShape, type Outline, type ShapeClass } from './outline.ts';
import { between, tiltedDirection } from './random.ts';

/** A shape that has found its place, and which pixels of it are seen. */
export interface PlacedShape {
  /** Index into the classes asked for. */
  readonly index: number;
  readonly outline: Outline;
  /** 1 where this shape is the uppermost, row-major. */
  readonly mask: Uint8Array; // [height, width]
}

/** Options of {@link arrangeShapes}. */
export interface Arrangement {
  readonly classes: readonly ShapeClass[];
  readonly objects: readonly [number, number];
  readonly scale: readonly [number, number];
  readonly tilt: number;
}

// At least these parts of each shape are inside the image, and seen: what is mostly hidden could be anything.
const leastInside = 0.75;
const leastSeen = 0.6;
// Two boxes that overlap more would be one detection after non-maximum suppression at .5.
const mostOverlap = 0.35;

/** Shapes from the rearmost to the foremost; a place that would hide too much of any of them is given up. */
export function arrangeShapes(rng: Rng, size: Size, { classes, objects, scale, tilt }: Arrangement): PlacedShape[] {
  const { width, height } = size;
  const wanted = objects[0] + rng.integer(objects[1] - objects[0] + 1);
  const placed: { shape: PlacedShape; area: number }[] = [];
  for (let attempt = 0; placed.length < wanted && attempt < 12 * wanted; attempt++) {
    const index = rng.integer(classes.length);
    const outline = placeShape(classes[index], {
      side: between(rng, scale[0], scale[1]) * Math.min(width, height),
      centre: [rng.uniform() * width, rng.uniform() * height],
      direction: tiltedDirection(rng, tilt),
    });
    const { mask, area, seen } = rasterize(outline, size);
    const left = placed.map(({ shape }) => shape.mask.map((value, i) => (mask[i] === 1 ? 0 : value)));
    const fits =
      seen >= leastInside * area &&
      placed.every(({ shape, area: whole }, i) => count(left[i]) >= leastSeen * whole && overlap(shape.outline, outline) <= mostOverlap);
    if (fits) {
      placed.forEach(({ shape }, i) => shape.mask.set(left[i]));
      placed.push({ shape: { index, outline, mask }, area });
    }
  }
  return placed.map(({ shape }) => shape);
}

/** The pixels whose centre is inside: a mask of those in the image, how many there are, and how many those are. */
function rasterize({ distance, extent }: Outline, { width, height }: Size): { mask: Uint8Array; area: number; seen: number } {
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

/** Intersection over union of two shapes' boxes. */
function overlap({ extent: a }: Outline, { extent: b }: Outline): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared);
}
