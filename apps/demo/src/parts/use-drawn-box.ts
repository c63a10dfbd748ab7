import type { Size } from '@rcnn/geometry';
import { useRef } from 'preact/hooks';
import type { BoxCorners } from './changed-box.ts';
import type { ImagePoint } from './image-frame.tsx';

/** What an `ImageFrame` takes to have a box drawn on it. */
export interface DrawnBoxHandlers {
  readonly onPointerDown: (point: ImagePoint) => void;
  readonly onPointerMove: (point: ImagePoint) => void;
  readonly onPointerUp: () => void;
}

/** Sides shorter than this, in the image's pixels, are no box yet. */
const least = 4;

/** Draws a new box beside the one that is there, from corner to corner; with a finger, which scrolls the page there, boxes are dragged alone. */
export function useDrawnBox(onChange: (box: BoxCorners) => void, { width, height }: Size): DrawnBoxHandlers | object {
  const start = useRef<ImagePoint | undefined>(undefined);
  if (!window.matchMedia('(pointer: fine)').matches) return {};
  const inside = ({ x, y }: ImagePoint): ImagePoint => ({ x: Math.min(Math.max(x, 0), width), y: Math.min(Math.max(y, 0), height) });
  return {
    onPointerDown: (point: ImagePoint) => void (start.current = inside(point)),
    onPointerMove: (point: ImagePoint) => {
      if (start.current === undefined) return;
      const [a, b] = [start.current, inside(point)];
      if (Math.abs(a.x - b.x) < least || Math.abs(a.y - b.y) < least) return;
      onChange([Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)]);
    },
    onPointerUp: () => void (start.current = undefined),
  };
}
