import type { Boxes } from '@rcnn/geometry';
import type * as tf from '@tensorflow/tfjs-core';
import { checkRois } from './check-rois.ts';
import { emptyOutput } from './empty-output.ts';
import { tensorsAreOnHost } from './host-memory.ts';
import { hasKernels } from './kernels.ts';
import { heightAndWidth, type OutputSize } from './output-size.ts';
import { roiAlignByKernel, roiAlignOnHost } from './roi-align-fast.ts';
import { roiAlignPortable } from './roi-align-portable.ts';

/** How {@link roiAlign} pools. */
export interface RoiAlignOptions {
  /** Bins of the output. */
  readonly outputSize: OutputSize;
  /** Feature pixels per image pixel, 1 / stride; 1 by default. */
  readonly spatialScale?: number;
  /** Samples of a bin along each axis; 0 or less (default −1): as many as the bin has pixels along it, rounded up. */
  readonly samplingRatio?: number;
  /**
   * Whether pixel centres stand at halves, so that positions shift by −½ (detectron2's ROIAlignV2), or at integers, and
   * a box is at least one feature pixel wide and high (the default, torchvision's).
   */
  readonly aligned?: boolean;
}

/**
 * RoIAlign (He et al. 2017, §3): the mean of bilinear samples in each bin of each box, [R, height, width, C]. Equal to
 * torchvision's operator; differentiable with respect to the features; boxes get no gradient.
 * @param features [N,H,W,C], float32
 * @param boxes R boxes in image pixels
 * @param images the image in the batch each box is on, R indices
 * @throws RangeError if an argument is not as described here
 */
export function roiAlign(
  features: tf.Tensor4D,
  boxes: Boxes,
  images: Int32Array,
  { outputSize, spatialScale = 1, samplingRatio = -1, aligned = false }: RoiAlignOptions,
): tf.Tensor4D {
  const [height, width] = heightAndWidth('roiAlign', outputSize);
  checkRois('roiAlign', features, boxes, images, spatialScale);
  if (!Number.isSafeInteger(samplingRatio)) {
    throw new RangeError(`roiAlign: expected an integer samplingRatio, got ${samplingRatio}`);
  }
  if (images.length === 0) {
    return emptyOutput(features, height, width);
  }
  const featuresShape = features.shape;
  const attributes = { boxes, images, height, width, spatialScale, samplingRatio, aligned, featuresShape };
  if (hasKernels('RoIAlign', 'RoIAlignGrad')) {
    return roiAlignByKernel(features, attributes);
  }
  return tensorsAreOnHost() ? roiAlignOnHost(features, attributes) : roiAlignPortable(features, attributes);
}
