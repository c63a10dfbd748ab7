import type { ImageProposals } from './image-proposals.ts';

/**
 * IoU of some objects of an image with its proposals, the `most` best of them, best first.
 * @param objects which boxes of the image, n of them
 * @returns row-major [n, m], m the number of proposals or `most`
 */
export function overlapMatrix(
  boxes: ArrayLike<number>,
  objects: readonly number[],
  { boxes: proposed, scores }: ImageProposals,
  most: number,
): Float64Array {
  const order = Int32Array.from({ length: proposed.length / 4 }, (_, p) => p);
  if (scores !== undefined) order.sort((a, b) => scores[b] - scores[a] || a - b);
  const columns = Math.min(most, order.length);
  const iou = new Float64Array(objects.length * columns);
  for (let p = 0; p < columns; p++) {
    const from = 4 * order[p];
    const [x1, y1, x2, y2] = [proposed[from], proposed[from + 1], proposed[from + 2], proposed[from + 3]];
    const area = (x2 - x1) * (y2 - y1);
    for (let i = 0; i < objects.length; i++) {
      const at = 4 * objects[i];
      const width = Math.min(x2, boxes[at + 2]) - Math.max(x1, boxes[at]);
      const height = Math.min(y2, boxes[at + 3]) - Math.max(y1, boxes[at + 1]);
      if (!(width > 0 && height > 0)) continue;
      const own = (boxes[at + 2] - boxes[at]) * (boxes[at + 3] - boxes[at + 1]);
      iou[i * columns + p] = (width * height) / (area + own - width * height);
    }
  }
  return iou;
}
