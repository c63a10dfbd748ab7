import type { Size } from '@rcnn/geometry';
import type { Scratch } from '../scratch.ts';
import { affineGrid, rotationAbout, type AffineGrid } from './affine-grid.ts';
import { scharr, type Spans } from './scharr.ts';
import { warpBytes } from './warp-bytes.ts';
import { warpGradients } from './warp-gradients.ts';

/** Derivatives of planes of one size; the working memory serves every plane. */
export interface DiagonalScharr {
  /** Writes both derivatives of a plane, in 1024ths. */
  readonly write: (plane: Uint8Array, first: Int32Array, second: Int32Array) => void;
  /** After the last plane: gives the working memory back. */
  readonly free: () => void;
}

/**
 * Scharr's derivatives along the two diagonals, as OpenCV's selective search takes them: the plane turned by 45° into the
 * rectangle that holds it, derivatives there, and these turned back (by a hair about another centre, which is kept).
 */
export function diagonalScharr({ width, height }: Size, scratch: Scratch): DiagonalScharr {
  const centre = [width / 2, height / 2] as const;
  const reach = ((width + height) / 2) * Math.SQRT1_2; // half the side of the turned image's square
  const side = (middle: number): number => Math.ceil(Math.fround(middle + reach)) - Math.floor(Math.fround(middle - reach)) + 1;
  const turned = { width: side(centre[0]), height: side(centre[1]) };
  const forth = affineGrid(rotationAbout(centre, 45, [turned.width / 2 - centre[0], turned.height / 2 - centre[1]]), turned);
  const back = affineGrid(
    rotationAbout([turned.width >> 1, turned.height >> 1], -45),
    { width, height },
    [(turned.width - width) >> 1, (turned.height - height) >> 1],
  );
  const image = scratch.take(Uint8Array, turned.width * turned.height).fill(0);
  const gradients = scratch.take(Int32Array, image.length).fill(0);
  // Half of the turned image is the black around it, which has no derivatives.
  const filled = spansWithin(forth, { width, height }, 2);
  const sloping = spansWithin(forth, { width, height }, 4);
  return {
    write: (plane, first, second) => {
      warpBytes(plane, { width, height }, forth, filled, image);
      scharr(image, turned, sloping, gradients);
      warpGradients(gradients, turned, back, first, second);
    },
    free: () => scratch.free(image, gradients),
  };
}

/** The columns of each row that a grid takes from within an image or from `margin` pixels beside it, a few more at the ends. */
function spansWithin({ columnX, columnY, rowX, rowY }: AffineGrid, { width, height }: Size, margin: number): Spans {
  const columns = columnX.length;
  const from = new Int32Array(rowX.length);
  const to = new Int32Array(rowX.length);
  // A position is start + slope · u, so that the columns with −margin ≤ position ≤ size + margin are an interval.
  const slopeX = (columnX[columns - 1] - columnX[0]) / (columns - 1) / 1024;
  const slopeY = (columnY[columns - 1] - columnY[0]) / (columns - 1) / 1024;
  for (let v = 0; v < from.length; v++) {
    const [x, y] = [rowX[v] / 1024, rowY[v] / 1024];
    const ends = [(-margin - x) / slopeX, (width + margin - x) / slopeX];
    const otherEnds = [(-margin - y) / slopeY, (height + margin - y) / slopeY];
    from[v] = Math.min(columns, Math.max(0, Math.floor(Math.max(Math.min(...ends), Math.min(...otherEnds))) - 1));
    to[v] = Math.max(from[v], Math.min(columns, Math.ceil(Math.min(Math.max(...ends), Math.max(...otherEnds))) + 2));
  }
  return { from, to };
}
