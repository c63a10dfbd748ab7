import type { Size } from '@rcnn/geometry';

/** How many times larger a picture of an image is drawn so that its tags can be read: about 480 pixels at least. */
export function readableScale({ width, height }: Size): number {
  return Math.max(1, Math.round(480 / Math.max(width, height)));
}
