import type { Size } from '@rcnn/geometry';
import { createContext } from 'preact';

/** The image that a canvas shows, and how large it is on the page, for what lies over it. */
export const FrameContext = createContext<{ readonly image: Size; readonly shown: Size }>({
  image: { width: 1, height: 1 },
  shown: { width: 1, height: 1 },
});
