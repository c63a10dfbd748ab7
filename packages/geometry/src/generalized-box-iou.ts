import { boxArea } from './box-area.ts';
import { boxIou } from './box-iou.ts';
import { type Boxes } from './boxes.ts';

/**
 * Generalized IoU (Rezatofighi et al. 2019, algorithm 1) of every box of `a` (n) with every box of `b` (m):
 * `IoU - (|C| - |A ∪ B|) / |C|` with C the smallest box around both; from -1 to 1. Where C has zero area, the IoU.
 * @returns row-major [n, m]
 */
export function generalizedBoxIou(a: Boxes, b: Boxes): Float32Array {
  const generalized = boxIou(a, b);
  const [areasA, areasB] = [boxArea(a), boxArea(b)];
  for (let i = 0, at = 0; i < a.length; i += 4) {
    for (let j = 0; j < b.length; j += 4, at++) {
      const hull =
        (Math.max(a[i + 2], b[j + 2]) - Math.min(a[i], b[j])) *
        (Math.max(a[i + 3], b[j + 3]) - Math.min(a[i + 1], b[j + 1]));
      // |A ∪ B| = (|A| + |B|) / (1 + IoU), since the intersection is IoU * |A ∪ B|.
      const union = (areasA[i / 4] + areasB[j / 4]) / (1 + generalized[at]);
      generalized[at] -= hull > 0 ? Math.max(0, hull - union) / hull : 0;
    }
  }
  return generalized;
}
