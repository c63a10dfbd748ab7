import type { RgbImage } from '@rcnn/geometry';

const files = new WeakMap<RgbImage, Blob>();

/** Makes known that a file shows an image. */
export function registerPicture(image: RgbImage, file: Blob): void {
  files.set(image, file);
}

/** The file that shows an image, where there is one. */
export function pictureFile(image: RgbImage): Blob | undefined {
  return files.get(image);
}
