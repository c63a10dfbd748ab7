import type { RgbImage } from '@rcnn/geometry';

/** An image as a canvas takes it. */
export function pixelsOf({ width, height, data }: RgbImage): ImageData {
  const pixels = new ImageData(width, height);
  const words = new Uint32Array(pixels.data.buffer);
  // Little-endian, as every machine with a browser is: alpha, blue, green, red.
  for (let i = 0; i < words.length; i++) words[i] = 0xff000000 | (data[3 * i + 2] << 16) | (data[3 * i + 1] << 8) | data[3 * i];
  return pixels;
}
