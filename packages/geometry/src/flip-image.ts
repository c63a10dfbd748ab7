import type { RgbImage } from './image.ts';

/** The image mirrored left to right. */
export function flipImage({ width, height, data }: RgbImage): RgbImage {
  const flipped = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    let to = 3 * width * y;
    for (let from = to + 3 * (width - 1); to < 3 * width * (y + 1); from -= 3, to += 3) {
      flipped[to] = data[from];
      flipped[to + 1] = data[from + 1];
      flipped[to + 2] = data[from + 2];
    }
  }
  return { width, height, data: flipped };
}
