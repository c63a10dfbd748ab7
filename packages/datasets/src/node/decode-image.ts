import { readFile } from 'node:fs/promises';
import type Sharp from 'sharp';
import type { RgbImage } from '@rcnn/geometry';
import type { Example } from '../dataset.ts';

/** What {@link decodeImage} may be told. */
export interface DecodeOptions {
  /**
   * `as-stored` passes over the EXIF orientation, as the tools that draw boxes do: annotations are in stored pixels.
   * `upright` turns the image as its EXIF orientation says, for photographs to be looked at.
   */
  readonly orientation?: 'as-stored' | 'upright';
}

/**
 * Decodes an image file (JPEG, PNG, WebP, TIFF, GIF) to RGB bytes, through sharp. Grayscale is repeated in three
 * channels, CMYK and 16 bits a channel are converted to sRGB, transparency lies on white.
 * @throws Error in one line, with the file's name, if it is missing, no image, truncated or damaged in any part
 */
export async function decodeImage(source: string | Uint8Array, { orientation = 'as-stored' }: DecodeOptions = {}): Promise<RgbImage> {
  const outcome = await tryDecode(source, { orientation });
  if ('reason' in outcome) {
    throw new Error(`${typeof source === 'string' ? source : 'decodeImage'}: ${outcome.reason}`);
  }
  return outcome;
}

/**
 * The image of an example, in stored pixels.
 * @throws Error as {@link decodeImage}, or if its size is not the annotated one
 */
export async function readExampleImage({ file, width, height }: Pick<Example, 'file' | 'width' | 'height'>): Promise<RgbImage> {
  const image = await decodeImage(file);
  const reason = sizeFault(image, { width, height });
  if (reason !== undefined) {
    throw new Error(`${file}: ${reason}`);
  }
  return image;
}

/** What is wrong with an image's size, if anything. */
export function sizeFault(image: Pick<RgbImage, 'width' | 'height'>, annotated: { width: number; height: number }): string | undefined {
  if (image.width === annotated.width && image.height === annotated.height) {
    return undefined;
  }
  const turned = image.width === annotated.height && image.height === annotated.width ? ' (turned by its EXIF orientation?)' : '';
  return `the image is ${image.width}×${image.height}, its annotation says ${annotated.width}×${annotated.height}${turned}`;
}

/** The decoded image, or the reason why not. */
export async function tryDecode(source: string | Uint8Array, { orientation = 'as-stored' }: DecodeOptions = {}): Promise<RgbImage | { reason: string }> {
  let bytes: Uint8Array;
  try {
    bytes = typeof source === 'string' ? await readFile(source) : source;
  } catch (error) {
    return { reason: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : oneLine(error) };
  }
  if (bytes.length === 0) {
    return { reason: 'empty file, not an image' };
  }
  const sharp = await loadSharp();
  try {
    // libvips goes on with half an image unless told otherwise: 'warning' makes every fault in the data an error.
    const stored = sharp(bytes, { failOn: 'warning' });
    const { data, info } = await (orientation === 'upright' ? stored.rotate() : stored)
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) {
      return { reason: `expected 3 channels of colour, got ${info.channels}` };
    }
    return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  } catch (error) {
    return { reason: decodeFault(oneLine(error), bytes) };
  }
}

/**
 * The package sharp, an optional peer, loaded when first needed.
 * @throws Error if it is not installed
 */
export async function loadSharp(): Promise<typeof Sharp> {
  try {
    return (await import('sharp')).default;
  } catch (error) {
    throw new Error(`images need the package sharp (npm install sharp): ${oneLine(error)}`);
  }
}

const oneLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, '; ');

function decodeFault(message: string, bytes: Uint8Array): string {
  if (message.includes('unsupported image format')) {
    const text = bytes.subarray(0, 64).every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
    return `not an image${text ? ', but text' : ' in a known format'}`;
  }
  const cut = /premature end of JPEG|libspng read error|end of stream|unexpected end/i.test(message);
  // sharp does not always pass on what libvips warned of.
  const unsaid = message.startsWith('Warning treated as error');
  if (unsaid && isCutJpeg(bytes)) return 'truncated image (the JPEG has no end marker)';
  return `${cut ? 'truncated' : 'damaged'} image (${unsaid ? 'its data are faulty' : message})`;
}

/** Begins as a JPEG does, and does not end as one does. */
function isCutJpeg(bytes: Uint8Array): boolean {
  const end = bytes.subarray(-64);
  return bytes[0] === 0xff && bytes[1] === 0xd8 && !end.some((byte, i) => byte === 0xff && end[i + 1] === 0xd9);
}
