import type * as tf from '@tensorflow/tfjs-core';
import type { Size } from '@rcnn/geometry';
import { roiPool } from '@rcnn/roi-ops';
import { poolByLevel } from './pool-by-level.ts';
import type { LeveledRegions } from './pyramid-roi-align.ts';

/** RoIPool of each region from its own level of the pyramid: [R, P, P, C], in the regions' order. */
export function pyramidRoiPool(
  pyramid: readonly tf.Tensor4D[],
  regions: LeveledRegions,
  input: Size,
  { outputSize = 7 }: { readonly outputSize?: number } = {},
): tf.Tensor4D {
  return poolByLevel(pyramid, regions, input, outputSize, (map, boxes, images, spatialScale) =>
    roiPool(map, boxes, images, { outputSize, spatialScale }),
  );
}
