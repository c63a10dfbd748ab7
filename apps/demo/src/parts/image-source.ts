import type { RgbImage } from '@rcnn/geometry';

const known = new WeakMap<RgbImage, ImageBitmap | HTMLCanvasElement>();

/** Makes known that a bitmap shows an image, perhaps a smaller copy of it. */
export function registerSource(image: RgbImage, bitmap: ImageBitmap): void {
  known.set(image, bitmap);
}

/** An image as something that a canvas of some width can draw; painted once where no bitmap of it is known that is large enough. */
export function imageSource(image: RgbImage, width: number): ImageBitmap | HTMLCanvasElement {
  let source = known.get(image);
  if (source === undefined || source.width < Math.min(width, image.width)) {
    source = paint(image);
    known.set(image, source);
  }
  return source;
}

function paint({ width, height, data }: RgbImage): HTMLCanvasElement {
  const pixels = new ImageData(width, height);
  const words = new Uint32Array(pixels.data.buffer);
  // Little-endian, as every machine with a browser is: alpha, blue, green, red.
  for (let i = 0; i < words.length; i++) words[i] = 0xff000000 | (data[3 * i + 2] << 16) | (data[3 * i + 1] << 8) | data[3 * i];
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}
