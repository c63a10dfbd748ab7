import { columnSpansOf, rleOfSpans } from './rle-spans.ts';
import type { Rle } from './rle.ts';

/** The mask mirrored left to right. */
export function flipRle(rle: Rle): Rle {
  const { height, width } = rle;
  const { rows, first } = columnSpansOf(rle);
  const spans = new Uint32Array(rows.length);
  let length = 0;
  for (let x = width - 1; x >= 0; x--) {
    const top = (width - 1 - x) * height;
    for (let i = first[x]; i < first[x + 1]; i++) {
      spans[length++] = top + rows[i];
    }
  }
  return rleOfSpans(spans, height, width);
}
