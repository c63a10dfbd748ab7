import type * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '@rcnn/geometry';

/** The classifier networks whose layers R-CNN, SPPnet, Fast and Faster R-CNN were built from, and SqueezeNet. */
export const regionNetworkNames = ['caffenet', 'alexnet', 'vgg_cnn_m_1024', 'zf', 'vgg16', 'squeezenet1_0'] as const;

/** One of {@link regionNetworkNames}. */
export type RegionNetworkName = (typeof regionNetworkNames)[number];

/** Which of the networks, and how wide. */
export interface RegionNetworkConfig {
  readonly name: RegionNetworkName;
  /** Channels of the convolutions against the published network's. */
  readonly width?: number;
  /** Widths of fc6 and fc7; the published ones by default. */
  readonly hidden?: readonly [number, number];
  /** Height and width of the map that fc6 reads, where that is not of the published crop; a pyramid of B bins is [B, 1]. */
  readonly pooled?: readonly [number, number];
}

/** How much of a network is made. */
export interface RegionNetworkOptions extends RegionNetworkConfig {
  /** Ranks of fc6 and fc7 after truncated SVD; null (the default) leaves them whole. */
  readonly ranks?: readonly [number, number] | null;
  /** Whether it has fc6 and fc7 at all; a network for maps alone has not. */
  readonly layers?: boolean;
  /** What its convolutions see: crops, as in R-CNN, or whole images, for which Fast R-CNN pads CaffeNet; the others are the same for both. */
  readonly input?: 'crop' | 'image';
}

/** An ImageNet classifier cut in pieces: convolutions, the last pooling, and two fully connected layers. Pixels are RGB. */
export interface RegionNetwork {
  /** Channels of the convolutions' map, and its stride in pixels. */
  readonly channels: number;
  readonly stride: number;
  /** Side of the crops that the classifier was made for. */
  readonly cropSize: number;
  /** Side of the map that fc6 reads: of `pool5` of such a crop, and what RoIPool makes of a region. */
  readonly pooledSize: number;
  /** Height and width of the map that fc6 reads here. */
  readonly pooled: readonly [number, number];
  /** Width of what fc6 and fc7 answer. */
  readonly hidden: readonly [number, number];
  /** [N, H, W, 3] → the map after the last convolution and its ReLU, [N, H / stride, W / stride, C]. */
  readonly convolutions: (pixels: tf.Tensor4D) => tf.Tensor4D;
  /** The classifier's own last pooling, of the map of a whole crop: [N, P, P, C]. */
  readonly pool5: (map: tf.Tensor4D) => tf.Tensor4D;
  /** Flattened pooled maps [R, P · P · C] → [R, hidden]; with dropout where there is a generator to draw it from. */
  readonly fc6: (flattened: tf.Tensor2D, dropout?: Rng) => tf.Tensor2D;
  /** The layer after it. */
  readonly fc7: (features: tf.Tensor2D, dropout?: Rng) => tf.Tensor2D;
}
