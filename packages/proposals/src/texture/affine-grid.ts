import type { Size } from '@rcnn/geometry';
import { rint } from '../colour/rint.ts';

/** An affine map of the plane: x' = a x + b y + c, y' = d x + e y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** The map that turns by `degrees` (counter-clockwise on the screen) about a point, then moves that point by (dx, dy). */
export function rotationAbout([x, y]: readonly [number, number], degrees: number, [dx, dy]: readonly [number, number] = [0, 0]): Affine {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [cos, sin, (1 - cos) * x - sin * y + dx, -sin, cos, sin * x + (1 - cos) * y + dy];
}

const bits = 10; // of positions summed
const fractionBits = 5; // of positions used: 32nds of a pixel

/**
 * Where each pixel of an image comes from under the inverse of an affine map, in 32nds of a pixel as OpenCV's `warpAffine`
 * rounds them: pixel (u, v) comes from `(rowX[v] + columnX[u]) >> 5`, `(rowY[v] + columnY[u]) >> 5`.
 */
export interface AffineGrid {
  readonly columnX: Int32Array;
  readonly columnY: Int32Array;
  readonly rowX: Int32Array;
  readonly rowY: Int32Array;
}

/** The grid of the pixels in a window of the warped image: `width` × `height` from (`x`, `y`) on. */
export function affineGrid([a, b, c, d, e, f]: Affine, { width, height }: Size, [x, y]: readonly [number, number] = [0, 0]): AffineGrid {
  const scale = 1 << bits;
  const half = 1 << (bits - fractionBits - 1);
  const factor = 1 / (a * e - b * d);
  const [ia, ib, id, ie] = [e * factor, -b * factor, -d * factor, a * factor];
  const [ic, jc] = [-ia * c - ib * f, -id * c - ie * f];
  return {
    columnX: Int32Array.from({ length: width }, (_, u) => rint(ia * (u + x) * scale)),
    columnY: Int32Array.from({ length: width }, (_, u) => rint(id * (u + x) * scale)),
    rowX: Int32Array.from({ length: height }, (_, v) => rint((ib * (v + y) + ic) * scale) + half),
    rowY: Int32Array.from({ length: height }, (_, v) => rint((ie * (v + y) + jc) * scale) + half),
  };
}
