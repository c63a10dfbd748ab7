import { rleOfSpans } from './rle-spans.ts';
import { checkMaskSize, type Rle } from './rle.ts';

/**
 * The masks of an image of labels, row-major, one number a pixel: for each number but 0 that occurs, the pixels that bear it.
 * @throws RangeError if there are not `height × width` numbers
 */
export function rlesFromLabels(labels: ArrayLike<number>, height: number, width: number): Map<number, Rle> {
  checkMaskSize('rlesFromLabels', height, width);
  if (labels.length !== height * width) {
    throw new RangeError(`rlesFromLabels: expected ${height * width} pixels (${height} × ${width}), got ${labels.length}`);
  }
  const spans = new Map<number, number[]>();
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; ) {
      const label = labels[y * width + x];
      const start = y;
      while (y < height && labels[y * width + x] === label) {
        y++;
      }
      if (label !== 0) {
        const own = spans.get(label) ?? [];
        own.push(x * height + start, x * height + y);
        spans.set(label, own);
      }
    }
  }
  return new Map([...spans].sort(([a], [b]) => a - b).map(([label, own]) => [label, rleOfSpans(Uint32Array.from(own), height, width)]));
}
