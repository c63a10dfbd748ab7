import { asBoxes, asKeypoints, rleBox, rleFromMask, type Boxes, type Keypoints, type RgbImage, type Rle, type Rng } from '@rcnn/geometry';
import { arrange, rasterize } from '../shapes/arrange.ts';
import { paintBackground, type Canvas } from '../shapes/background.ts';
import { developCanvas } from '../shapes/develop-canvas.ts';
import { paintShape } from '../shapes/paint-shape.ts';
import { between, contrastingColour, tiltedDirection, type Colour } from '../shapes/random.ts';
import { figureKeypoints } from './figure-keypoints.ts';
import { randomFigure, type Figure } from './random-figure.ts';

/** What {@link generateFigures} draws. */
export interface FiguresOptions {
  /** Width and height of the image in pixels. */
  readonly size?: number;
  /** Fewest and most figures in an image; there may be fewer where no more fit. */
  readonly objects?: readonly [number, number];
  /** Least and greatest height of a figure, as a part of the image's side. */
  readonly scale?: readonly [number, number];
  /** How far figures lean from upright at most, either way, as the tangent of the angle. */
  readonly tilt?: number;
}

/** One generated image and the figures in it, the rearmost first; all of them are of one class, label 1. */
export interface FiguresSample {
  readonly image: RgbImage;
  /** Tight around the pixels of each that are seen. */
  readonly boxes: Boxes; // [N, 4]
  readonly labels: Int32Array; // [N]
  /** To 1/16 pixel; hidden (v = 1) where another figure covers it, not labelled where it is outside the image. */
  readonly keypoints: Keypoints; // [N, figureKeypoints.length, 3]
  /** The pixels of each figure that are seen. */
  readonly masks: readonly Rle[]; // [N]
}

// So much of a head is seen at least: which hand is the left one is told by the face alone.
const leastHead = 0.8;

/**
 * An image of stick figures on a textured ground, for trying out keypoints: of many sizes, postures and colours, some with a face, some turned
 * away, so that left and right change sides; partly covered by each other or cut by the image's edge. The same state of `rng` gives the
 * same bytes on every machine.
 * @throws RangeError if there is nothing to draw
 */
export function generateFigures(rng: Rng, { size = 160, objects = [1, 3], scale = [0.4, 0.85], tilt = 0.35 }: FiguresOptions = {}): FiguresSample {
  if (!Number.isInteger(size) || size < 32 || !(objects[0] >= 0 && objects[1] >= objects[0])) {
    throw new RangeError(`generateFigures: expected a size of 32 or more, and a range of objects, got ${size}, [${objects.join()}]`);
  }
  if (!(scale[0] > 0 && scale[1] >= scale[0] && scale[1] <= 1)) {
    throw new RangeError(`generateFigures: expected a range of scale within 0…1, got [${scale.join()}]`);
  }
  const { canvas, colours } = paintBackground(rng, { width: size, height: size });
  const wanted = objects[0] + rng.integer(objects[1] - objects[0] + 1);
  const propose = (): Figure => {
    const height = between(rng, scale[0], scale[1]) * size;
    return randomFigure(rng, { height, centre: [rng.uniform() * size, rng.uniform() * size], direction: tiltedDirection(rng, tilt) });
  };
  const hasHead = ({ parts: { head } }: Figure, seen: Uint8Array): boolean => {
    const { mask, area } = rasterize(head, canvas);
    return mask.reduce((sum, value, i) => sum + value * seen[i], 0) >= leastHead * area;
  };
  const figures = arrange(canvas, wanted, propose, hasHead);
  figures.forEach((figure) => paintFigure(rng, canvas, figure, colours));
  const masks = figures.map(({ mask }) => rleFromMask(mask, size, size));
  return {
    image: developCanvas(rng, canvas),
    boxes: asBoxes(masks.flatMap((mask) => [...rleBox(mask)])),
    labels: new Int32Array(figures.length).fill(1),
    keypoints: asKeypoints(figures.flatMap(({ keypoints, mask }) => figureKeypoints.flatMap((name) => keypointOf(keypoints[name], mask, size))), figureKeypoints.length),
    masks,
  };
}

/** Torso, limbs and head in colours of their own, the arms foremost, so that a hand before the body is seen. */
function paintFigure(rng: Rng, canvas: Canvas, { facing, parts }: Figure, grounds: readonly Colour[]): void {
  const torso = contrastingColour(rng, grounds, 90);
  const limbs = contrastingColour(rng, [...grounds, torso], 90);
  const head = contrastingColour(rng, [...grounds, torso, limbs], 70);
  paintShape(rng, canvas, parts.legs, limbs);
  paintShape(rng, canvas, parts.torso, torso);
  paintShape(rng, canvas, parts.head, head);
  if (facing) {
    const face = contrastingColour(rng, [head, limbs], 130);
    paintShape(rng, canvas, parts.face.disc, face);
    paintShape(rng, canvas, parts.face.eyes, head);
  }
  parts.arms.forEach((arm) => paintShape(rng, canvas, arm, limbs));
}

/** `[x, y, v]` in sixteenths of a pixel: short as decimals and exact as floats. */
function keypointOf([x, y]: readonly [number, number], mask: Uint8Array, size: number): [number, number, number] {
  if (!(x >= 0 && y >= 0 && x < size && y < size)) return [0, 0, 0];
  const round = (value: number): number => Math.floor(16 * value + 0.5) / 16;
  return [round(x), round(y), mask[Math.floor(y) * size + Math.floor(x)] === 1 ? 2 : 1];
}
