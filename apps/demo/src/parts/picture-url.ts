import type { RgbImage } from '@rcnn/geometry';

const urls = new WeakMap<RgbImage, string>();
/** Addresses that are good, the latest last: of the image that is shown, and of the one that it takes the place of. */
const good: string[] = [];

/** Makes known that a file shows an image. */
export function registerPicture(image: RgbImage, file: Blob): void {
  const url = URL.createObjectURL(file);
  urls.set(image, url);
  good.push(url);
  if (good.length > 2) URL.revokeObjectURL(good.shift() as string);
}

/** Makes known that an image looks like another one, in another size. */
export function registerCopy(copy: RgbImage, image: RgbImage): void {
  const url = urls.get(image);
  if (url !== undefined) urls.set(copy, url);
}

/** The address of the file that shows an image, where there is one: the same each time, so that a browser loads and decodes it once. */
export function pictureUrl(image: RgbImage): string | undefined {
  const url = urls.get(image);
  return url !== undefined && good.includes(url) ? url : undefined;
}
