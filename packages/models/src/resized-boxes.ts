import { scaleBoxes, type Boxes, type Size } from '@rcnn/geometry';

/** Boxes of an image where they lie after it is resized. */
export function resizedBoxes(boxes: Boxes, from: Size, to: Size): Boxes {
  return scaleBoxes(boxes, to.width / from.width, to.height / from.height);
}
