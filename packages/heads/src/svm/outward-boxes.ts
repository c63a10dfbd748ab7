import type { Boxes } from '@rcnn/geometry';

/**
 * Boxes with `extent` added to x2 and y2: their continuous areas and intersections are then those of the boxes in the
 * arithmetic of whole pixels, where a side is `x2 − x1 + 1` long.
 */
export function outwardBoxes(boxes: Boxes, extent: 0 | 1): Boxes {
  return extent === 0 ? boxes : (boxes.map((value, i) => (i % 4 < 2 ? value : value + extent)) as Boxes);
}
