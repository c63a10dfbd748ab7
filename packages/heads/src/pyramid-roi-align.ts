import type * as tf from '@tensorflow/tfjs-core';
import { takeBoxes, type Boxes, type Size } from '@rcnn/geometry';
import { roiAlign } from '@rcnn/roi-ops';
import { poolByLevel } from './pool-by-level.ts';
import { pyramidLevels } from './pyramid-level.ts';

/** Regions of a batch: boxes in input pixels and the image each lies in. */
export interface Regions {
  readonly boxes: Boxes;
  readonly images: Int32Array;
}

/** Options of {@link pyramidRoiAlign}. */
export interface PyramidRoiAlignOptions {
  readonly outputSize?: number;
  readonly samplingRatio?: number;
  readonly aligned?: boolean;
  readonly canonicalSize?: number;
  readonly canonicalLevel?: number;
}

/** Regions sorted by the level they are pooled from; `order[i]` is where the i-th of them stood before. */
export interface LeveledRegions extends Regions {
  readonly counts: readonly number[];
  readonly order: Uint32Array;
}

/**
 * Regions in the order in which {@link pyramidRoiAlign} pools them. Sorting the regions before anything is computed
 * from them spares a gather of features, whose gradient is slow.
 */
export function sortByLevel({ boxes, images }: Regions, pyramid: readonly tf.Tensor4D[], input: Size, { canonicalSize = 224, canonicalLevel = 4 }: PyramidRoiAlignOptions = {}): LeveledRegions {
  const finest = Math.round(Math.log2(input.width / pyramid[0].shape[2]));
  // Counted by stride, as torchvision does: of two maps of one stride the first serves alone.
  const coarsest = Math.round(Math.log2(input.width / pyramid[pyramid.length - 1].shape[2]));
  const levels = pyramidLevels(boxes, { levels: coarsest - finest + 1, finest, canonicalSize, canonicalLevel });
  const byLevel = pyramid.map((_, level) => [...levels.keys()].filter((i) => levels[i] === level));
  const order = Uint32Array.from(byLevel.flat());
  return {
    boxes: takeBoxes(boxes, order),
    images: Int32Array.from(order, (i) => images[i]),
    counts: byLevel.map((indices) => indices.length),
    order,
  };
}

/** RoIAlign of each region from its own level of the pyramid: [R, P, P, C], in the regions' order. */
export function pyramidRoiAlign(
  pyramid: readonly tf.Tensor4D[],
  regions: LeveledRegions,
  input: Size,
  { outputSize = 7, samplingRatio = 2, aligned = false }: PyramidRoiAlignOptions = {},
): tf.Tensor4D {
  return poolByLevel(pyramid, regions, input, outputSize, (map, boxes, images, spatialScale) =>
    roiAlign(map, boxes, images, { outputSize, spatialScale, samplingRatio, aligned }),
  );
}
