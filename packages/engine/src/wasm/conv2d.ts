import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { activationRange } from './activation.ts';
import { conv2dInfo, geometry, inputExtent, type Convolution } from './conv2d-info.ts';
import type { Heap } from './heap.ts';
import { registerWasmKernel } from './register.ts';

interface Operands {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  readonly bias?: TensorInfo;
}

function convolve(
  { x, filter, bias }: Operands,
  attributes: Convolution,
  [low, high]: readonly [number, number],
  { addressOf, output, workspace, kernels }: Heap,
): TensorInfo {
  const info = conv2dInfo(x.shape, filter.shape, attributes);
  const { filterHeight: kh, filterWidth: kw, inChannels, outChannels } = info;
  const y = output(info.outShape);
  kernels.conv2d(
    addressOf(x), ...inputExtent(info), addressOf(filter), kh, kw, outChannels, ...geometry(info),
    bias === undefined ? 0 : addressOf(bias), low, high, y.address,
    workspace(kernels.conv2dBytes(kh, kw, inChannels, outChannels)),
  );
  return y.info;
}

/** Conv2D and FusedConv2D, with bias and activation in the same pass. */
export function registerConv2d(): void {
  registerWasmKernel<Operands, Convolution>('Conv2D', ({ inputs, attributes, heap }) =>
    convolve(inputs, attributes, [-Infinity, Infinity], heap),
  );
  registerWasmKernel<Operands, Convolution & { activation?: string }>('FusedConv2D', ({ inputs, attributes, heap }) => {
    const range = activationRange(attributes.activation);
    const channels = inputs.filter.shape[3];
    const plain = inputs.bias === undefined || util.sizeFromShape(inputs.bias.shape) === channels;
    return range !== undefined && plain ? convolve(inputs, attributes, range, heap) : undefined;
  });
}
