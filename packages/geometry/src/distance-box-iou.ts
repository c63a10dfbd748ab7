import { boxIou } from './box-iou.ts';
import { type Boxes } from './boxes.ts';

/**
 * Distance IoU (Zheng et al. 2020, equation 7) of every box of `a` (n) with every box of `b` (m): `IoU - ρ² / c²`, ρ the
 * distance between the centres, c the diagonal of the smallest box around both; above -1, at most 1.
 * @returns row-major [n, m]
 */
export function distanceBoxIou(a: Boxes, b: Boxes): Float32Array {
  const distance = boxIou(a, b);
  for (let i = 0, at = 0; i < a.length; i += 4) {
    for (let j = 0; j < b.length; j += 4, at++) {
      const width = Math.max(a[i + 2], b[j + 2]) - Math.min(a[i], b[j]);
      const height = Math.max(a[i + 3], b[j + 3]) - Math.min(a[i + 1], b[j + 1]);
      const centreX = (a[i] + a[i + 2] - b[j] - b[j + 2]) / 2;
      const centreY = (a[i + 1] + a[i + 3] - b[j + 1] - b[j + 3]) / 2;
      // torchvision's 1e-7 in the denominator: two coincident points are at distance 0, not 0 / 0.
      distance[at] -= (centreX * centreX + centreY * centreY) / (width * width + height * height + 1e-7);
    }
  }
  return distance;
}
