import type { Boxes } from '@rcnn/geometry';
import type * as tf from '@tensorflow/tfjs-core';
import type { FeaturesShape, RoiAlignAttributes } from '../kernels.ts';
import { heightAndWidth } from '../output-size.ts';
import { roiAlign, type RoiAlignOptions } from '../roi-align.ts';
import { roiAlignOnHost } from '../roi-align-fast.ts';
import { roiAlignPortable } from '../roi-align-portable.ts';
import { roiPool } from '../roi-pool.ts';
import { roiPoolOnHost } from '../roi-pool-fast.ts';
import { roiPoolPortable } from '../roi-pool-portable.ts';

/** An operator, whichever way it is done. */
export type Operator = (features: tf.Tensor4D, boxes: Boxes, images: Int32Array, options: RoiAlignOptions) => tf.Tensor4D;

/** The ways an operator is done: as users get it (by kernels where the engine has them), by loops, by tfjs's operators. */
export const implementations: Readonly<Record<'roiAlign' | 'roiPool', readonly (readonly [string, Operator])[]>> = {
  roiAlign: [
    ['public', roiAlign],
    ['host', direct(roiAlignOnHost)],
    ['portable', direct(roiAlignPortable)],
  ],
  roiPool: [
    ['public', roiPool],
    ['host', direct(roiPoolOnHost)],
    ['portable', direct(roiPoolPortable)],
  ],
};

function direct(implementation: (features: tf.Tensor4D, attributes: RoiAlignAttributes & FeaturesShape) => tf.Tensor4D): Operator {
  return (features, boxes, images, { outputSize, spatialScale = 1, samplingRatio = -1, aligned = false }) => {
    const [height, width] = heightAndWidth('direct', outputSize);
    const featuresShape = features.shape;
    return implementation(features, { boxes, images, height, width, spatialScale, samplingRatio, aligned, featuresShape });
  };
}
