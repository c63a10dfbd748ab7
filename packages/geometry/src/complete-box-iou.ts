import { boxIou } from './box-iou.ts';
import { type Boxes } from './boxes.ts';
import { distanceBoxIou } from './distance-box-iou.ts';

/**
 * Complete IoU (Zheng et al. 2020, equations 8 to 11) of every box of `a` (n) with every box of `b` (m): `DIoU - α v`,
 * with `v = 4/π² (atan(w/h) - atan(w'/h'))²` for the aspect ratios and the trade-off `α = v / (1 - IoU + v)`.
 * @returns row-major [n, m]
 */
export function completeBoxIou(a: Boxes, b: Boxes): Float32Array {
  const iou = boxIou(a, b);
  const complete = distanceBoxIou(a, b);
  const [anglesA, anglesB] = [aspectAngles(a), aspectAngles(b)];
  for (let i = 0, at = 0; i < anglesA.length; i++) {
    for (let j = 0; j < anglesB.length; j++, at++) {
      const v = (4 / Math.PI ** 2) * (anglesA[i] - anglesB[j]) ** 2;
      complete[at] -= (v * v) / (1 - iou[at] + v + 1e-7);
    }
  }
  return complete;
}

/** `atan(width / height)` of each box; atan2, so that a box without height needs no exception. */
function aspectAngles(boxes: Boxes): Float64Array {
  const angles = new Float64Array(boxes.length / 4);
  for (let i = 0; i < boxes.length; i += 4) {
    angles[i / 4] = Math.atan2(boxes[i + 2] - boxes[i], boxes[i + 3] - boxes[i + 1]);
  }
  return angles;
}
