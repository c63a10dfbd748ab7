import { boxArea } from './box-area.ts';
import { boxCount, type Boxes } from './boxes.ts';

/**
 * Intersection over union of every box of `a` (n) with every box of `b` (m): `|A ∩ B| / |A ∪ B|`.
 *
 * Every step is rounded to float32 in torchvision's order, so that a comparison with a threshold falls the same way.
 * Two boxes that do not overlap have IoU 0, also where both have zero area (torchvision's quotient is then NaN).
 * @returns row-major [n, m]
 */
export function boxIou(a: Boxes, b: Boxes): Float32Array {
  const fround = Math.fround;
  const [areasA, areasB] = [boxArea(a), boxArea(b)];
  const m = boxCount(b);
  const iou = new Float32Array(areasA.length * m);
  for (let i = 0, at = 0; i < a.length; i += 4) {
    const [x1, y1, x2, y2, area] = [a[i], a[i + 1], a[i + 2], a[i + 3], areasA[i / 4]];
    for (let j = 0, k = 0; j < m; j++, k += 4, at++) {
      const left = b[k];
      const top = b[k + 1];
      const right = b[k + 2];
      const bottom = b[k + 3];
      if (left >= x2 || right <= x1 || top >= y2 || bottom <= y1) {
        continue;
      }
      const width = fround((x2 < right ? x2 : right) - (x1 > left ? x1 : left));
      const height = fround((y2 < bottom ? y2 : bottom) - (y1 > top ? y1 : top));
      const intersection = fround(width * height);
      if (intersection > 0) {
        iou[at] = intersection / fround(fround(area + areasB[j]) - intersection);
      }
    }
  }
  return iou;
}
