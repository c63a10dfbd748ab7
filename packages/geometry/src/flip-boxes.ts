import { emptyBoxes, type Boxes } from './boxes.ts';

/** The boxes of an image mirrored left to right: `x1' = width - x2`, `x2' = width - x1`. */
export function flipBoxes(boxes: Boxes, width: number): Boxes {
  const flipped = emptyBoxes(boxes.length / 4);
  for (let i = 0; i < boxes.length; i += 4) {
    flipped[i] = width - boxes[i + 2];
    flipped[i + 1] = boxes[i + 1];
    flipped[i + 2] = width - boxes[i];
    flipped[i + 3] = boxes[i + 3];
  }
  return flipped;
}
