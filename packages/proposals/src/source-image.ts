import type { Size } from '@rcnn/geometry';
import type { ByteStack } from './channel-stack.ts';

/**
 * An image as bytes, row-major: gray, RGB or RGBA, told apart by the length of `data`. `RgbImage` is one, and so is a
 * browser's `ImageData`.
 */
export interface SourceImage extends Size {
  readonly data: Uint8Array | Uint8ClampedArray;
}

/**
 * An image as planes R, G and B: gray is repeated, what is transparent lies on white.
 * @throws RangeError if a side is no whole number above 0, or `data` has not 1, 3 or 4 bytes a pixel
 */
export function splitChannels({ width, height, data }: SourceImage): ByteStack {
  const count = width * height;
  if (!(Number.isInteger(width) && Number.isInteger(height) && count > 0)) {
    throw new RangeError(`image: expected a width and a height of at least 1, got ${width} × ${height}`);
  }
  const channels = data.length / count;
  if (channels === 1) {
    const gray = new Uint8Array(data);
    return { width, height, planes: [gray, gray, gray] };
  }
  if (channels !== 3 && channels !== 4) {
    throw new RangeError(`image: expected 1, 3 or 4 bytes for each of ${width} × ${height} pixels, got ${data.length} bytes`);
  }
  const planes = [new Uint8Array(count), new Uint8Array(count), new Uint8Array(count)];
  const [red, green, blue] = planes;
  for (let i = 0, at = 0; i < count; i++, at += channels) {
    red[i] = data[at];
    green[i] = data[at + 1];
    blue[i] = data[at + 2];
  }
  if (channels === 4) {
    planes.forEach((plane) => layOnWhite(plane, data));
  }
  return { width, height, planes };
}

function layOnWhite(plane: Uint8Array, rgba: Uint8Array | Uint8ClampedArray): void {
  for (let i = 0; i < plane.length; i++) {
    const alpha = rgba[4 * i + 3];
    plane[i] = Math.round((alpha * plane[i] + (255 - alpha) * 255) / 255);
  }
}
