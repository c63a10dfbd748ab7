import type { TensorInfo } from '@tensorflow/tfjs-core';
import { conv2dInfo, geometry, inputExtent, type Convolution } from './conv2d-info.ts';
import { registerWasmKernel } from './register.ts';

/** Conv2DBackpropInput and Conv2DBackpropFilter. */
export function registerConv2dGradients(): void {
  registerWasmKernel<{ dy: TensorInfo; filter: TensorInfo }, Convolution & { inputShape: number[] }>(
    'Conv2DBackpropInput',
    ({ inputs: { dy, filter }, attributes, heap: { addressOf, output, workspace, kernels } }) => {
      const info = conv2dInfo(attributes.inputShape, filter.shape, attributes);
      const { filterHeight: kh, filterWidth: kw, inChannels, outChannels } = info;
      const dx = output(info.inShape);
      kernels.conv2dBackpropInput(
        addressOf(dy), ...inputExtent(info), addressOf(filter), kh, kw, outChannels, ...geometry(info), dx.address,
        workspace(kernels.conv2dBackpropInputBytes(kh, kw, inChannels, outChannels)),
      );
      return dx.info;
    },
  );
  registerWasmKernel<{ x: TensorInfo; dy: TensorInfo }, Convolution & { filterShape: number[] }>(
    'Conv2DBackpropFilter',
    ({ inputs: { x, dy }, attributes, heap: { addressOf, output, workspace, kernels } }) => {
      const info = conv2dInfo(x.shape, attributes.filterShape, attributes);
      const { filterHeight: kh, filterWidth: kw, inChannels, outChannels } = info;
      const dfilter = output(info.filterShape);
      kernels.conv2dBackpropFilter(
        addressOf(x), ...inputExtent(info), addressOf(dy), kh, kw, outChannels, ...geometry(info), dfilter.address,
        workspace(kernels.conv2dBackpropFilterBytes(kh, kw, inChannels, outChannels)),
      );
      return dfilter.info;
    },
  );
}
