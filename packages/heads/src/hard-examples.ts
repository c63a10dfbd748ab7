import { nms, type Boxes } from '@rcnn/geometry';

/** Options of {@link hardExamples}. */
export interface HardExamplesOptions {
  /** Regions to learn from. */
  readonly count?: number;
  /** Of two regions that overlap by more than this, the one with the smaller loss is passed over. */
  readonly nmsThreshold?: number;
}

/**
 * Online hard example mining (Shrivastava et al. 2016, §4.1): the regions of an image that the network does worst on, the
 * largest loss first. Regions that overlap much share a loss, and are suppressed lest it count twice.
 * @param losses the current loss of each region, R
 * @returns indices into the regions
 * @throws RangeError if there are not as many losses as boxes
 */
export function hardExamples(losses: Float32Array, boxes: Boxes, { count = 128, nmsThreshold = 0.7 }: HardExamplesOptions = {}): Uint32Array {
  if (4 * losses.length !== boxes.length) {
    throw new RangeError(`hardExamples: expected a loss for each of ${boxes.length / 4} boxes, got ${losses.length}`);
  }
  return Uint32Array.from(nms(boxes, losses, { threshold: nmsThreshold, limit: count }));
}
