import type { Size } from '../image.ts';
import { columnSpansOf, rleOfSpans } from './rle-spans.ts';
import { checkMaskSize, type Rle } from './rle.ts';

/**
 * The mask in another size, by nearest neighbours: pixel x comes from `⌊x · from / to⌋`, as torch's `interpolate` has it.
 * Nothing is decoded.
 * @throws RangeError if the size is none
 */
export function resizeRle(rle: Rle, { width, height }: Size): Rle {
  checkMaskSize('resizeRle', height, width);
  const { rows, first } = columnSpansOf(rle);
  // First new row, for each old one, that comes from it or from below it.
  const moved = new Uint32Array(rle.height + 1);
  for (let y = 0, row = 0; row <= rle.height; row++) {
    while (y < height && Math.floor((y * rle.height) / height) < row) {
      y++;
    }
    moved[row] = y;
  }
  const source = (x: number): number => Math.floor((x * rle.width) / width);
  let length = 0;
  for (let x = 0; x < width; x++) {
    length += first[source(x) + 1] - first[source(x)];
  }
  const spans = new Uint32Array(length);
  length = 0;
  for (let x = 0; x < width; x++) {
    const column = source(x);
    for (let i = first[column]; i < first[column + 1]; i++) {
      spans[length++] = x * height + moved[rows[i]];
    }
  }
  return rleOfSpans(spans, height, width);
}
