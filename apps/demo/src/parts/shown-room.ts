import type { Size } from '@rcnn/geometry';

/** The greatest height of an image, as a part of the window's, so that it is seen as a whole. */
export const tallest = 0.72;

/** What an image may take of the screen at the most, in its pixels. */
export function shownRoom(): Size {
  const ratio = window.devicePixelRatio;
  return { width: Math.ceil(ratio * window.innerWidth), height: Math.ceil(ratio * tallest * window.innerHeight) };
}
