import type { RgbImage } from '@rcnn/geometry';
import type { PictureFile } from '../worker/image/picture-of.ts';

interface Picture {
  readonly url: string;
  readonly width: number;
}

const pictures = new WeakMap<RgbImage, Picture>();
/** Pictures whose addresses are good, the latest last: of the image that is shown, and of the one that it takes the place of. */
const good: Picture[] = [];

/** Makes known that a file shows an image. */
export function registerPicture(image: RgbImage, { file, width }: PictureFile): void {
  const picture = { url: URL.createObjectURL(file), width };
  pictures.set(image, picture);
  good.push(picture);
  if (good.length > 2) URL.revokeObjectURL((good.shift() as Picture).url);
}

/** Makes known that an image looks like another one, in another size. */
export function registerCopy(copy: RgbImage, image: RgbImage): void {
  const picture = pictures.get(image);
  if (picture !== undefined) pictures.set(copy, picture);
}

/**
 * The address of a file that shows an image as well as the image does, `width` pixels wide; undefined where there is none. It is the same each
 * time, so that a browser loads and decodes it once.
 */
export function pictureUrl(image: RgbImage, width: number): string | undefined {
  const picture = pictures.get(image);
  return picture !== undefined && good.includes(picture) && picture.width >= Math.min(image.width, width) ? picture.url : undefined;
}
