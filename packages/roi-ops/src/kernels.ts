import * as tf from '@tensorflow/tfjs-core';

/**
 * The contract for kernels that a backend may bring along for these operators. If the current backend has both kernels of
 * an operator registered with tfjs (`tf.registerKernel`), the operator runs them; the attributes have been checked by then,
 * no extent is 0, and a kernel may not keep or change the arrays among them. All tensors are float32 except `argmax`.
 *
 * | kernel | inputs | attributes | outputs |
 * | --- | --- | --- | --- |
 * | `RoIAlign` | `features` [N,H,W,C] | {@link RoiAlignAttributes} | [R,height,width,C] |
 * | `RoIAlignGrad` | `dy` [R,height,width,C] | the same and {@link FeaturesShape} | [N,H,W,C] |
 * | `RoIPool` | `features` [N,H,W,C] | {@link RoiPoolAttributes} | [R,height,width,C] and `argmax`, int32, the same shape |
 * | `RoIPoolGrad` | `dy`, `argmax` [R,height,width,C] | {@link RoiPoolGradAttributes} | [N,H,W,C] |
 *
 * `argmax` is `y · W + x` of the first maximum in row-major order within the box's image, −1 where the bin is empty.
 * Positions are to be computed in float32, operation by operation as `align-axis.ts` and `pool-axis.ts` have it:
 * with more precision a `ceil` or a border test may fall the other way than torchvision's.
 */
export type RoiKernelName = 'RoIAlign' | 'RoIAlignGrad' | 'RoIPool' | 'RoIPoolGrad';

/** Where an operator pools: R boxes and the size of its output. */
export interface RoiPoolAttributes {
  /** 4R numbers, `[x1, y1, x2, y2]` each, in image pixels. */
  readonly boxes: Float32Array;
  /** R indices into the batch, each in 0 … N − 1. */
  readonly images: Int32Array;
  /** Bins of the output, down and across. */
  readonly height: number;
  readonly width: number;
  /** Feature pixels per image pixel: 1 / stride. */
  readonly spatialScale: number;
}

/** {@link RoiPoolAttributes} and how RoIAlign samples. */
export interface RoiAlignAttributes extends RoiPoolAttributes {
  /** Samples of a bin along each axis; 0 or less: `ceil(extent of the box / bins)`. */
  readonly samplingRatio: number;
  /** Whether positions shift by −½ pixel and boxes may be smaller than one. */
  readonly aligned: boolean;
}

/** What a gradient must know of the operator's input. */
export interface FeaturesShape {
  /** [N,H,W,C] */
  readonly featuresShape: readonly [number, number, number, number];
}

/** The attributes of `RoIPoolGrad`: the bins no longer matter, `argmax` says it all. */
export interface RoiPoolGradAttributes extends FeaturesShape {
  readonly images: Int32Array;
}

/** Whether the current backend has all of these kernels. */
export function hasKernels(...names: RoiKernelName[]): boolean {
  return names.every((name) => tf.getKernel(name, tf.getBackend()) !== undefined);
}

/** Runs a kernel of the current backend. */
export function runRoiKernel(name: RoiKernelName, inputs: tf.NamedTensorMap, attributes: object): tf.Tensor[] {
  // tfjs's type for attributes does not know typed arrays; the engine hands them on as they are.
  const output: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap);
  return Array.isArray(output) ? output : [output];
}
