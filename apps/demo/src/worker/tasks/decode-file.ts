import type { RgbImage, Size } from '@rcnn/geometry';
import { contentOf, fileFault } from '../image/file-fault.ts';
import { pictureOf, type PictureFile } from '../image/picture-of.ts';
import { rgbOfBitmap } from '../image/rgb-of-bitmap.ts';
import type { Task } from '../task.ts';
import { LONGEST_SIDE } from './longest-side.ts';

/** The most pixels that a browser is asked to decode. */
const MOST_PIXELS = 120e6;

/** A decoded image: its pixels, a file that shows them, and the size of the file's own image. */
export interface DecodedImage {
  readonly image: RgbImage;
  readonly picture: PictureFile;
  readonly original: Size;
}

/** Decodes a file, or takes a bitmap that the page has made; its picture is as large as there is `room` to show it. A moving image gives its first picture. */
export const decodeFile: Task<{ readonly name: string; readonly source: Blob | ImageBitmap; readonly original?: Size; readonly room?: Size }, DecodedImage> = async (
  { name, source, original, room }, { progress, share, breathe },
) => {
  progress(0.1, 'decoding');
  const bitmap = source instanceof Blob ? await bitmapOf(name, source) : source;
  await breathe();
  progress(0.6, 'reading the pixels');
  const size = original ?? { width: bitmap.width, height: bitmap.height };
  const image = rgbOfBitmap(bitmap, LONGEST_SIDE);
  bitmap.close();
  return { image: share(image), picture: await pictureOf(image, room), original: size };
};

async function bitmapOf(name: string, file: Blob): Promise<ImageBitmap> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const fault = fileFault(bytes);
  if (fault !== undefined) throw new Error(`${name}: ${fault}`);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch (error) {
    throw new Error(`${name}: not an image, but ${contentOf(bytes)}`, { cause: error });
  }
  if (bitmap.width * bitmap.height > MOST_PIXELS) {
    const { width, height } = bitmap;
    bitmap.close();
    throw new Error(`${name}: expected an image of ${MOST_PIXELS / 1e6} million pixels at the most, got ${width}×${height}`);
  }
  return bitmap;
}
