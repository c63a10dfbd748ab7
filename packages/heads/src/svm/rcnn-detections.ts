import { concatBoxes, nms, scoreOrder, takeBoxes, type Boxes } from '@rcnn/geometry';
import type { Detections } from '../postprocess.ts';
import { outwardBoxes } from './outward-boxes.ts';

/** Options of {@link rcnnDetections}. */
export interface RcnnDetectionsOptions {
  /** The score that a region must exceed: one for all classes, or one for each, class 1 first. */
  readonly scoreThreshold?: number | readonly number[];
  /** Regions of each class kept before suppression, the best of them. */
  readonly limit?: number;
  readonly nmsThreshold?: number;
  /** 1 for the arithmetic of R-CNN's own code; see `classOverlaps`. */
  readonly extent?: 0 | 1;
  /** The boxes of some regions of a class, such as `applyBoxRegressor` gives; the regions' own by default. */
  readonly boxesOf?: (label: number, regions: Uint32Array) => Boxes;
}

/**
 * The detections of one image from the scores of its regions (R-CNN, §2.2 and appendix C): for each class its `limit` best
 * regions above the threshold, moved by the class's regressor, then suppressed greedily.
 * @param scores [R, K], class 1 first
 * @throws RangeError if there are not K scores for each region
 */
export function rcnnDetections(
  scores: Float32Array,
  regions: Boxes,
  classes: number,
  {
    scoreThreshold = -Infinity, limit = 100, nmsThreshold = 0.3, extent = 0, boxesOf = (_, indices) => takeBoxes(regions, indices),
  }: RcnnDetectionsOptions = {},
): Detections {
  const count = regions.length / 4;
  if (scores.length !== count * classes) {
    throw new RangeError(`rcnnDetections: expected ${classes} scores for each of ${count} regions, got ${scores.length}`);
  }
  const parts: Boxes[] = [];
  const labels: number[] = [];
  const found: number[] = [];
  for (let label = 1; label <= classes; label++) {
    const threshold = typeof scoreThreshold === 'number' ? scoreThreshold : scoreThreshold[label - 1];
    const own = Float32Array.from({ length: count }, (_, region) => scores[region * classes + label - 1]);
    const best = scoreOrder(own).filter((region) => own[region] > threshold).subarray(0, limit);
    const boxes = boxesOf(label, best);
    const kept = nms(outwardBoxes(boxes, extent), Float32Array.from(best, (region) => own[region]), { threshold: nmsThreshold });
    parts.push(takeBoxes(boxes, kept));
    for (const i of kept) {
      labels.push(label);
      found.push(own[best[i]]);
    }
  }
  const boxes = concatBoxes(parts);
  const order = scoreOrder(Float32Array.from(found));
  return {
    boxes: takeBoxes(boxes, order),
    labels: Int32Array.from(order, (i) => labels[i]),
    scores: Float32Array.from(order, (i) => found[i]),
  };
}
