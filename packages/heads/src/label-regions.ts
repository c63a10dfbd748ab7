import { concatBoxes, encodeBoxes, matchBoxes, takeBoxes, type BoxDeltas, type Boxes } from '@rcnn/geometry';
import type { SampledRegions } from './sample-regions.ts';

/** Options of {@link labelRegions}. */
export interface LabelRegionsOptions {
  /** A region is an object at this IoU or above, and background below. */
  readonly foreground?: number;
  /** Weights of the box coding. */
  readonly weights?: readonly [number, number, number, number];
}

/**
 * Every region of an image with the class and deltas that it is to have, objects first, then background: the resampling of a stage of
 * Cascade R-CNN (Cai & Vasconcelos 2018, §4.3), whose regions are the boxes of the stage before. Those without area are left out.
 */
export function labelRegions(
  regions: Boxes, groundTruth: { readonly boxes: Boxes; readonly labels: Int32Array },
  { foreground = 0.5, weights = [10, 10, 5, 5] }: LabelRegionsOptions = {},
): SampledRegions {
  const hasArea = (i: number): boolean => regions[4 * i + 2] > regions[4 * i] && regions[4 * i + 3] > regions[4 * i + 1];
  const candidates = takeBoxes(regions, Array.from({ length: regions.length / 4 }, (_, i) => i).filter(hasArea));
  const { positives, negatives, groundTruth: shown } = matchBoxes(groundTruth.boxes, candidates, { foreground, background: foreground });
  const objects = takeBoxes(candidates, positives);
  const boxes = concatBoxes([objects, takeBoxes(candidates, negatives)]);
  const labels = new Int32Array(boxes.length / 4);
  shown.forEach((object, i) => (labels[i] = groundTruth.labels[object]));
  const deltas = new Float32Array(boxes.length) as BoxDeltas;
  deltas.set(encodeBoxes(takeBoxes(groundTruth.boxes, shown), objects, { weights }));
  return { boxes, labels, deltas, objects: Uint32Array.from(shown) };
}
