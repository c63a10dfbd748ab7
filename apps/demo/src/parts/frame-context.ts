import type { Size } from '@rcnn/geometry';
import { createContext } from 'preact';

/** The image that a frame shows, for what lies over it. */
export const FrameContext = createContext<{
  readonly image: Size;
  /** How large it is on the page, in CSS pixels. */
  readonly shown: Size;
  /** The side of a CSS pixel in the image's pixels. */
  readonly pixel: number;
}>({ image: { width: 1, height: 1 }, shown: { width: 1, height: 1 }, pixel: 1 });
