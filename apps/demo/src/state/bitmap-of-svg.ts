import type { Size } from '@rcnn/geometry';
import { LONGEST_SIDE } from '../worker/tasks/longest-side.ts';

/** Whether a file is a drawing, which only the page itself can turn into pixels. */
export function isSvg(file: Blob, name: string): boolean {
  return file.type === 'image/svg+xml' || /\.svg$/i.test(name);
}

/**
 * The pixels of a drawing, as large as it says it is, or as large as images are computed on where it does not. As an image it runs no
 * script and loads nothing.
 * @throws Error with the name, if it is no SVG
 */
export async function bitmapOfSvg(file: Blob, name: string): Promise<{ readonly bitmap: ImageBitmap; readonly original: Size }> {
  const url = URL.createObjectURL(file.type === 'image/svg+xml' ? file : new Blob([file], { type: 'image/svg+xml' }));
  const image = new Image();
  try {
    image.src = url;
    await image.decode().catch(() => {
      throw new Error(`${name}: not an SVG that this browser can draw`);
    });
    const { naturalWidth, naturalHeight } = image;
    const original = naturalWidth > 0 && naturalHeight > 0 ? { width: naturalWidth, height: naturalHeight } : { width: 512, height: 512 };
    const scale = Math.min(1, LONGEST_SIDE / Math.max(original.width, original.height));
    const bitmap = await createImageBitmap(image, {
      resizeWidth: Math.max(1, Math.round(scale * original.width)),
      resizeHeight: Math.max(1, Math.round(scale * original.height)),
    });
    return { bitmap, original };
  } finally {
    URL.revokeObjectURL(url);
  }
}
