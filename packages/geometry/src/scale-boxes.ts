import { emptyBoxes, type Boxes } from './boxes.ts';

/**
 * The boxes of a resized image: x times `scaleX`, y times `scaleY` (new size / old size).
 * @throws RangeError if a scale is negative or not finite
 */
export function scaleBoxes(boxes: Boxes, scaleX: number, scaleY: number): Boxes {
  if (!(scaleX >= 0 && scaleX < Infinity && scaleY >= 0 && scaleY < Infinity)) {
    throw new RangeError(`scaleBoxes: expected finite scales of at least 0, got ${scaleX} and ${scaleY}`);
  }
  const scaled = emptyBoxes(boxes.length / 4);
  for (let i = 0; i < boxes.length; i += 2) {
    scaled[i] = boxes[i] * scaleX;
    scaled[i + 1] = boxes[i + 1] * scaleY;
  }
  return scaled;
}
