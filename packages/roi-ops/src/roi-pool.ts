import type { Boxes } from '@rcnn/geometry';
import type * as tf from '@tensorflow/tfjs-core';
import { checkRois } from './check-rois.ts';
import { emptyOutput } from './empty-output.ts';
import { tensorsAreOnHost } from './host-memory.ts';
import { hasKernels } from './kernels.ts';
import { heightAndWidth, type OutputSize } from './output-size.ts';
import { roiPoolByKernel, roiPoolOnHost } from './roi-pool-fast.ts';
import { roiPoolPortable } from './roi-pool-portable.ts';

/** How {@link roiPool} pools. */
export interface RoiPoolOptions {
  /** Bins of the output. */
  readonly outputSize: OutputSize;
  /** Feature pixels per image pixel, 1 / stride; 1 by default. */
  readonly spatialScale?: number;
}

/**
 * RoIPool (Girshick 2015, §2.1): the maximum of each bin of each box, whose edges are rounded to whole pixels; 0 where a
 * bin is outside the map; [R, height, width, C]. Equal to torchvision's operator and Caffe's. Differentiable with respect
 * to the features: a bin's gradient goes to its first maximum; boxes get none.
 * @param features [N,H,W,C], float32
 * @param boxes R boxes in image pixels
 * @param images the image in the batch each box is on, R indices
 * @throws RangeError if an argument is not as described here
 */
export function roiPool(
  features: tf.Tensor4D,
  boxes: Boxes,
  images: Int32Array,
  { outputSize, spatialScale = 1 }: RoiPoolOptions,
): tf.Tensor4D {
  const [height, width] = heightAndWidth('roiPool', outputSize);
  checkRois('roiPool', features, boxes, images, spatialScale);
  if (images.length === 0) {
    return emptyOutput(features, height, width);
  }
  const attributes = { boxes, images, height, width, spatialScale, featuresShape: features.shape };
  if (hasKernels('RoIPool', 'RoIPoolGrad')) {
    return roiPoolByKernel(features, attributes);
  }
  return tensorsAreOnHost() ? roiPoolOnHost(features, attributes) : roiPoolPortable(features, attributes);
}
