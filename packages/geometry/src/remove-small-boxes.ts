import { boxCount, type Boxes } from './boxes.ts';

/** The indices of the boxes whose width and height are both at least `minSize` pixels, in ascending order. */
export function removeSmallBoxes(boxes: Boxes, minSize: number): Uint32Array {
  const kept = new Uint32Array(boxCount(boxes));
  const side = Math.fround(minSize);
  let count = 0;
  for (let i = 0; i < boxes.length; i += 4) {
    if (Math.fround(boxes[i + 2] - boxes[i]) >= side && Math.fround(boxes[i + 3] - boxes[i + 1]) >= side) {
      kept[count++] = i / 4;
    }
  }
  return kept.slice(0, count);
}
