import { boxIou, type Boxes } from '@rcnn/geometry';
import { outwardBoxes } from './outward-boxes.ts';

/** Options of {@link classOverlaps}. */
export interface ClassOverlapsOptions {
  /** What a box is wider and higher than its coordinates' difference: 1 is the arithmetic of R-CNN's own code, for whole pixels. */
  readonly extent?: 0 | 1;
}

/**
 * How much each of R regions overlaps the objects of each class 1…K: the greatest IoU, 0 where the image has none, at
 * `[r K + label − 1]`. What R-CNN decides by which regions are a class's negatives (§2.3: below .3).
 */
export function classOverlaps(
  regions: Boxes,
  objects: { readonly boxes: Boxes; readonly labels: Int32Array },
  classes: number,
  { extent = 0 }: ClassOverlapsOptions = {},
): Float32Array {
  const count = regions.length / 4;
  const overlaps = new Float32Array(count * classes);
  const iou = boxIou(outwardBoxes(regions, extent), outwardBoxes(objects.boxes, extent));
  const columns = objects.labels.length;
  for (let region = 0; region < count; region++) {
    for (let object = 0; object < columns; object++) {
      const at = region * classes + objects.labels[object] - 1;
      overlaps[at] = Math.max(overlaps[at], iou[region * columns + object]);
    }
  }
  return overlaps;
}
