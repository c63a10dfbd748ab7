import type * as tf from '@tensorflow/tfjs-core';
import type { Boxes, RgbImage } from '@rcnn/geometry';

/** An image ready to have regions pooled from it. */
export interface OpenedImage {
  /** The pooled features of regions: [R, dimensions]. */
  readonly pool5: (boxes: Boxes) => tf.Tensor2D;
  /**
   * For each region the number of the first one whose features are the same, because both come from the same pixels: what
   * is computed once for both.
   */
  readonly sameAs: (boxes: Boxes) => Int32Array;
  /** What is computed of the whole image; nothing, where each region is by itself. */
  readonly maps: readonly tf.Tensor4D[];
  readonly dispose: () => void;
}

/** How R-CNN and SPPnet differ: the one pools the map of each region's crop, the other regions of the image's map. */
export interface RegionPooling {
  /** Numbers of a region. */
  readonly dimensions: number;
  readonly open: (image: RgbImage) => OpenedImage;
}
