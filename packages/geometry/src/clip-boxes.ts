import { emptyBoxes, type Boxes } from './boxes.ts';
import { type Size } from './image.ts';

/** The boxes cut to the image: x to 0 … width, y to 0 … height. A box wholly outside becomes one of zero area. */
export function clipBoxes(boxes: Boxes, { width, height }: Size): Boxes {
  const clipped = emptyBoxes(boxes.length / 4);
  for (let i = 0; i < boxes.length; i += 2) {
    clipped[i] = Math.min(Math.max(boxes[i], 0), width);
    clipped[i + 1] = Math.min(Math.max(boxes[i + 1], 0), height);
  }
  return clipped;
}
