import { boxIou, type Boxes } from '@rcnn/geometry';
import { outwardBoxes } from '../svm/outward-boxes.ts';

/** Regions that are near enough to an object to learn from, `regions[i]` with `objects[i]`. */
export interface BoxRegressionPairs {
  /** Indices of regions, ascending. */
  readonly regions: Uint32Array;
  /** The index of the object that each overlaps most. */
  readonly objects: Uint32Array;
}

/** Options of {@link boxRegressionPairs}. */
export interface BoxRegressionPairsOptions {
  /** A region is near an object where their IoU is above this: R-CNN's .6; SPPnet has .5. */
  readonly overlap?: number;
  /** 1 for the arithmetic of R-CNN's own code; see `classOverlaps`. */
  readonly extent?: 0 | 1;
}

/**
 * The training pairs of one class's bounding-box regressor in one image (R-CNN, appendix C): each region with the object of
 * `label` that it overlaps most, where the IoU is above `overlap`. Objects belong among the regions too, for R-CNN trains on
 * them as well.
 */
export function boxRegressionPairs(
  regions: Boxes,
  objects: { readonly boxes: Boxes; readonly labels: Int32Array },
  label: number,
  { overlap = 0.6, extent = 0 }: BoxRegressionPairsOptions = {},
): BoxRegressionPairs {
  const iou = boxIou(outwardBoxes(regions, extent), outwardBoxes(objects.boxes, extent));
  const columns = objects.labels.length;
  const pairs: [region: number, object: number][] = [];
  for (let region = 0; region < regions.length / 4; region++) {
    let best = -1;
    for (let object = 0; object < columns; object++) {
      if (objects.labels[object] === label && (best < 0 || iou[region * columns + object] > iou[region * columns + best])) {
        best = object;
      }
    }
    if (best >= 0 && iou[region * columns + best] > overlap) {
      pairs.push([region, best]);
    }
  }
  return { regions: Uint32Array.from(pairs, ([region]) => region), objects: Uint32Array.from(pairs, ([, object]) => object) };
}
