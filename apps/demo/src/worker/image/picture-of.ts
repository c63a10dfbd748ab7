import type { RgbImage, Size } from '@rcnn/geometry';

/** A file that shows an image, and how wide it is: there may have been no room for all of the image. */
export interface PictureFile {
  readonly file: Blob;
  readonly width: number;
}

/**
 * An image as a file for the page to show, no larger than there is room for. A canvas would have to be filled by the page's own thread; a
 * file is decoded and painted by others.
 */
export async function pictureOf({ width, height, data }: RgbImage, room: Size = { width, height }): Promise<PictureFile> {
  const pixels = new ImageData(width, height);
  for (let from = 0, to = 0; from < data.length; to++) {
    pixels.data[to++] = data[from++];
    pixels.data[to++] = data[from++];
    pixels.data[to++] = data[from++];
    pixels.data[to] = 255;
  }
  const scale = Math.min(1, room.width / width, room.height / height);
  const [resizeWidth, resizeHeight] = [width, height].map((side) => Math.max(1, Math.ceil(scale * side)));
  const bitmap = await createImageBitmap(pixels, scale === 1 ? {} : { resizeWidth, resizeHeight, resizeQuality: 'high' });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  return { file: await canvas.convertToBlob(), width: canvas.width };
}
