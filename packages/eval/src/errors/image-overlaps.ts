import { rleIou } from '@rcnn/geometry';
import type { ImageDetections } from '../detections.ts';
import type { ImageGroundTruth } from '../ground-truth.ts';

/** How much some detections of an image overlap some of its ground truth, whatever their classes. */
export type OverlapsOf = (
  truth: ImageGroundTruth,
  objects: readonly number[],
  found: ImageDetections,
  detections: readonly number[],
) => Float64Array;

/** IoU of boxes, with a crowd the part of the detection inside. Row-major [detections, objects]. */
export const boxOverlaps: OverlapsOf = (truth, objects, found, detections) => {
  const iou = new Float64Array(detections.length * objects.length);
  let at = 0;
  for (const d of detections) {
    const [x1, y1, x2, y2] = corners(found.boxes, d);
    const area = found.boxArea?.[d] ?? (x2 - x1) * (y2 - y1);
    for (const g of objects) {
      const [left, top, right, bottom] = corners(truth.boxes, g);
      const width = Math.min(x2, right) - Math.max(x1, left);
      const height = Math.min(y2, bottom) - Math.max(y1, top);
      if (width > 0 && height > 0) {
        const own = truth.boxArea?.[g] ?? (right - left) * (bottom - top);
        iou[at] = (width * height) / (truth.crowd?.[g] || truth.difficult?.[g] ? area : area + own - width * height);
      }
      at++;
    }
  }
  return iou;
};

/** {@link boxOverlaps} of masks, all of the image's size. */
export const maskOverlaps: OverlapsOf = (truth, objects, found, detections) => {
  const [wanted, own] = [truth.masks ?? [], found.masks ?? []];
  const ignorable = objects.map((g) => Boolean(truth.crowd?.[g]) || Boolean(truth.difficult?.[g]));
  return rleIou(detections.map((d) => own[d]), objects.map((g) => wanted[g]), ignorable);
};

function corners(boxes: ArrayLike<number>, i: number): readonly [number, number, number, number] {
  return [boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]];
}
