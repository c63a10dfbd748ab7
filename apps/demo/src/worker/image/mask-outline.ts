import { maskFromRle, rleBox, type Rle } from '@rcnn/geometry';
import { contours } from 'd3-contour';

/** The outline of a mask, halfway between its pixels and the others, as path data of SVG in the image's pixels: a closed ring for each piece and each hole. */
export function maskOutline(rle: Rle): string {
  const [left, top, right, bottom] = rleBox(rle);
  const [width, height] = [right - left, bottom - top];
  if (width <= 0 || height <= 0) return '';
  // A margin of a pixel of nothing, so that rings close where the mask touches the image's edge.
  const padded = { width: width + 2, height: height + 2 };
  const values = new Float64Array(padded.width * padded.height);
  const mask = maskFromRle(rle);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) values[(y + 1) * padded.width + x + 1] = mask[(top + y) * rle.width + left + x];
  }
  const { coordinates } = contours().size([padded.width, padded.height]).contour(values as unknown as number[], 0.5);
  // d3's coordinates have a pixel's centre at one half, as the boxes have.
  return coordinates.flat().map((ring) => `M${ring.map(([x, y]) => `${x - 1 + left},${y - 1 + top}`).join('L')}Z`).join('');
}
