import { asBoxDeltas, clipBoxes, decodeBoxes, encodeBoxes, type Boxes, type Size } from '@rcnn/geometry';
import { applyLinearMap, type LinearMap } from './linear-map.ts';
import type { RidgeOptions } from './ridge-accumulator.ts';
import { ridge } from './ridge.ts';

/** What moves the regions of one class onto its objects: their four deltas as linear functions of D features. */
export type BoxRegressor = LinearMap;

/**
 * The bounding-box regressor of one class (R-CNN, appendix C): ridge regression, on the features of regions, of the deltas
 * that move each region onto its object. For more examples than memory holds, feed a `ridgeAccumulator` of 4 targets with
 * `encodeBoxes(objects, regions)`.
 * @param features [n, D]
 * @param regions n boxes; see `boxRegressionPairs`
 * @param objects the object of each region, n boxes
 * @throws RangeError if there is no region, there are not as many objects, a box has no area, or features are not whole rows
 */
export function trainBoxRegressor(features: Float32Array, regions: Boxes, objects: Boxes, options: RidgeOptions = {}): BoxRegressor {
  return ridge(features, encodeBoxes(objects, regions), regions.length / 4, options);
}

/** Options of {@link applyBoxRegressor}. */
export interface ApplyBoxRegressorOptions {
  /** The greatest `tw` and `th`; see `decodeBoxes`. R-CNN's own code has no limit. */
  readonly clamp?: number;
}

/**
 * The regions moved by a regressor, and clipped to the image (R-CNN, appendix C).
 * @param features [R, D], of the regions
 * @throws RangeError if there are not D features for each region
 */
export function applyBoxRegressor(
  regressor: BoxRegressor,
  features: Float32Array,
  regions: Boxes,
  image: Size,
  { clamp = Math.log(1000 / 16) }: ApplyBoxRegressorOptions = {},
): Boxes {
  const deltas = asBoxDeltas(applyLinearMap(regressor, features));
  return clipBoxes(decodeBoxes(deltas, regions, { clamp }), image);
}
