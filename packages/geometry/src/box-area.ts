import { boxCount, type Boxes } from './boxes.ts';

/** The area `(x2 - x1) * (y2 - y1)` of each box, in square pixels, rounded to float32 at every step. */
export function boxArea(boxes: Boxes): Float32Array {
  const areas = new Float32Array(boxCount(boxes));
  for (let i = 0, at = 0; i < areas.length; i++, at += 4) {
    areas[i] = Math.fround(boxes[at + 2] - boxes[at]) * Math.fround(boxes[at + 3] - boxes[at + 1]);
  }
  return areas;
}
