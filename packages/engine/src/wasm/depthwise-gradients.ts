import { type backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { depthwiseInfo, geometry, inputExtent, type ConvolutionAttributes } from './conv2d-info.ts';
import { registerKernel } from './register.ts';

function requireOneOutputPerInput({ inChannels, outChannels }: backend_util.Conv2DInfo): void {
  if (inChannels !== outChannels) {
    throw new Error(`depthwise gradient: expected a channel multiplier of 1, got ${outChannels / inChannels}`);
  }
}

/** DepthwiseConv2dNativeBackpropInput and …BackpropFilter, for a channel multiplier of 1. */
export function registerDepthwiseGradients(): void {
  registerKernel<{ dy: TensorInfo; filter: TensorInfo }, ConvolutionAttributes & { inputShape: number[] }>(
    'wasm', 'DepthwiseConv2dNativeBackpropInput',
    ({ inputs: { dy, filter }, attributes, heap: { addressOf, output, kernels } }) => {
      const info = depthwiseInfo(attributes.inputShape, filter.shape, attributes);
      requireOneOutputPerInput(info);
      const dx = output(info.inShape);
      kernels.depthwiseBackpropInput(
        addressOf(dy), ...inputExtent(info), addressOf(filter), info.filterHeight, info.filterWidth, ...geometry(info),
        dx.address,
      );
      return dx.info;
    },
  );
  registerKernel<{ x: TensorInfo; dy: TensorInfo }, ConvolutionAttributes & { filterShape: number[] }>(
    'wasm', 'DepthwiseConv2dNativeBackpropFilter',
    ({ inputs: { x, dy }, attributes, heap: { addressOf, output, kernels } }) => {
      const info = depthwiseInfo(x.shape, attributes.filterShape, attributes);
      requireOneOutputPerInput(info);
      const dfilter = output(attributes.filterShape);
      kernels.depthwiseBackpropFilter(
        addressOf(x), ...inputExtent(info), addressOf(dy), info.filterHeight, info.filterWidth, ...geometry(info),
        dfilter.address,
      );
      return dfilter.info;
    },
  );
}
