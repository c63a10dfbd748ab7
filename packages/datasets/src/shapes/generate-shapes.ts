import { asBoxes, rleFromMask, type Boxes, type RgbImage, type Rle, type Rng } from '@rcnn/geometry';
import { arrangeShapes } from './arrange-shapes.ts';
import { paintBackground } from './background.ts';
import { developCanvas } from './develop-canvas.ts';
import { shapeClasses, type ShapeClass } from './outline.ts';
import { paintShape } from './paint-shape.ts';
import { contrastingColour } from './random.ts';

/** What {@link generateShapes} draws. */
export interface ShapesOptions {
  /** Width and height of the image in pixels. */
  readonly size?: number;
  /** Label `i + 1` is `classes[i]`. */
  readonly classes?: readonly ShapeClass[];
  /** Fewest and most shapes in an image; there may be fewer where no more fit. */
  readonly objects?: readonly [number, number];
  /** Least and greatest longer side of a shape, as a part of the image's side. */
  readonly scale?: readonly [number, number];
  /** How far shapes are turned from upright at most, either way, as the tangent of the angle. */
  readonly tilt?: number;
}

/** One generated image and what is in it, rearmost shape first. */
export interface ShapesSample {
  readonly image: RgbImage;
  /** Tight around each shape as if nothing covered it, clipped to the image, to 1/16 pixel. */
  readonly boxes: Boxes; // [N, 4]
  readonly labels: Int32Array; // [N]
  /** 1 where the shape goes on outside the image. */
  readonly truncated: Uint8Array; // [N]
  /** The pixels of each shape that are seen. */
  readonly masks: readonly Rle[]; // [N]
}

/**
 * An image of coloured shapes on a textured ground, for trying out detectors: tilted, of many sizes, partly
 * covered by each other or cut by the image's edge (at least 60 % of each is seen). The same state of `rng` gives the
 * same bytes on every machine.
 * @throws RangeError if there is nothing to draw
 */
export function generateShapes(
  rng: Rng,
  { size = 128, classes = shapeClasses, objects = [1, 6], scale = [0.15, 0.5], tilt = 0.4 }: ShapesOptions = {},
): ShapesSample {
  if (!Number.isInteger(size) || size < 16 || classes.length === 0 || !(objects[0] >= 0 && objects[1] >= objects[0])) {
    throw new RangeError(`generateShapes: expected a size of 16 or more, classes, and a range of objects, got ${size}, [${classes.join()}], [${objects.join()}]`);
  }
  if (!(scale[0] > 0 && scale[1] >= scale[0] && scale[1] <= 1)) {
    throw new RangeError(`generateShapes: expected a range of scale within 0…1, got [${scale.join()}]`);
  }
  const { canvas, colours } = paintBackground(rng, { width: size, height: size });
  const shapes = arrangeShapes(rng, canvas, { classes, objects, scale, tilt });
  for (const { outline } of shapes) {
    const colour = contrastingColour(rng, colours, 100);
    colours.push(colour);
    paintShape(rng, canvas, outline, colour);
  }
  const image = developCanvas(rng, canvas);
  // Sixteenths of a pixel: short as decimals and exact as floats, so that files give back the very same boxes.
  const clip = (value: number): number => Math.floor(16 * Math.min(size, Math.max(0, value)) + 0.5) / 16;
  return {
    image,
    boxes: asBoxes(shapes.flatMap(({ outline }) => outline.extent.map(clip))),
    labels: Int32Array.from(shapes, ({ index }) => index + 1),
    truncated: Uint8Array.from(shapes, ({ outline: { extent } }) => (extent.some((value) => value < 0 || value > size) ? 1 : 0)),
    masks: shapes.map(({ mask }) => rleFromMask(mask, size, size)),
  };
}
