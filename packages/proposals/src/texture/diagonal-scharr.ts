import type { Size } from '@rcnn/geometry';
import { affineGrid, rotationAbout } from './affine-grid.ts';
import { scharr } from './scharr.ts';
import { warpBytes } from './warp-bytes.ts';
import { warpGradients } from './warp-gradients.ts';

/**
 * Scharr's derivatives along the two diagonals, as OpenCV's selective search takes them: the plane turned by 45° into the
 * rectangle that holds it, derivatives there, and these turned back (by a hair about another centre, which is kept). Returns
 * a function of a plane of this size that writes both derivatives, in 1024ths; its working memory serves every plane.
 */
export function diagonalScharr({ width, height }: Size): (plane: Uint8Array, first: Int32Array, second: Int32Array) => void {
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
  const image = new Uint8Array(turned.width * turned.height);
  const dx = new Int32Array(image.length);
  const dy = new Int32Array(image.length);
  return (plane, first, second) => {
    warpBytes(plane, { width, height }, forth, image);
    scharr(image, turned, dx, dy);
    warpGradients(dx, dy, turned, back, first, second);
  };
}
