import type { Size } from '@rcnn/geometry';
import type { CocoRle } from './coco-format.ts';

/** A bitmap (row-major, 0 or 1) as COCO's uncompressed run lengths: column by column, zeros first. */
export function encodeRle(mask: Uint8Array, { width, height }: Size): CocoRle {
  const counts: number[] = [];
  let value = 0;
  let run = 0;
  for (let x = 0; x < width; x++) {
    for (let i = x; i < width * height; i += width) {
      if (mask[i] !== value) {
        counts.push(run);
        run = 0;
        value = mask[i];
      }
      run++;
    }
  }
  counts.push(run);
  return { size: [height, width], counts };
}
