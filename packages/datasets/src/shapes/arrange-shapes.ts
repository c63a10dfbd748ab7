import type { Rng, Size } from '@rcnn/geometry';
import { arrange } from './arrange.ts';
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

/** Shapes from the rearmost to the foremost; a place that would hide too much of any of them is given up. */
export function arrangeShapes(rng: Rng, size: Size, { classes, objects, scale, tilt }: Arrangement): PlacedShape[] {
  const { width, height } = size;
  const wanted = objects[0] + rng.integer(objects[1] - objects[0] + 1);
  return arrange(size, wanted, () => {
    const index = rng.integer(classes.length);
    const outline = placeShape(classes[index], {
      side: between(rng, scale[0], scale[1]) * Math.min(width, height),
      centre: [rng.uniform() * width, rng.uniform() * height],
      direction: tiltedDirection(rng, tilt),
    });
    return { index, outline };
  });
}
