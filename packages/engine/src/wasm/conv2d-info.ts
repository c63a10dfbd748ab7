import { backend_util } from '@tensorflow/tfjs-core';

/** The attributes that tfjs's convolution kernels share. */
export interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4 = [number, number, number, number];

/** Extents of a convolution of `xShape` with `filterShape`. */
export function conv2dInfo(
  xShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dilations = 1, dimRoundingMode }: ConvolutionAttributes,
): backend_util.Conv2DInfo {
  return backend_util.computeConv2DInfo(
    xShape as Shape4, filterShape as Shape4, strides, dilations, pad, dimRoundingMode,
  );
}

/** The same for a depthwise convolution. */
export function depthwiseInfo(
  xShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dilations = 1, dimRoundingMode }: ConvolutionAttributes,
): backend_util.Conv2DInfo {
  return backend_util.computeConv2DInfo(
    xShape as Shape4, filterShape as Shape4, strides, dilations, pad, dimRoundingMode, true,
  );
}

/** Images, height, width and channels of the input, as the kernels take them. */
export function inputExtent(info: backend_util.Conv2DInfo): number[] {
  return [info.batchSize, info.inHeight, info.inWidth, info.inChannels];
}

/** Strides, padding before, dilations and the output's height and width, as the kernels take them. */
export function geometry(info: backend_util.Conv2DInfo): number[] {
  const { strideHeight, strideWidth, padInfo, dilationHeight, dilationWidth, outHeight, outWidth } = info;
  return [strideHeight, strideWidth, padInfo.top, padInfo.left, dilationHeight, dilationWidth, outHeight, outWidth];
}
