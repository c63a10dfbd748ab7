import { util, type backend_util, type TensorInfo } from '@tensorflow/tfjs-core';
import { activationRange } from './activation.ts';
import { conv2dInfo, type ConvolutionAttributes } from './conv2d-info.ts';
import type { Heap } from './heap.ts';
import { registerKernel } from './register.ts';

/** A way to convolve, and to compute both gradients, between tensors' addresses. */
export interface Convolution {
  /** y = clamp(x ∗ filter + bias, low, high); `bias` is 0 for none. */
  readonly forward: (
    heap: Heap, info: backend_util.Conv2DInfo,
    addresses: { readonly x: number; readonly filter: number; readonly bias: number; readonly y: number },
    range: readonly [number, number],
  ) => void;
  readonly inputGradient: (
    heap: Heap, info: backend_util.Conv2DInfo, addresses: { readonly dy: number; readonly filter: number; readonly dx: number },
  ) => void;
  readonly filterGradient: (
    heap: Heap, info: backend_util.Conv2DInfo, addresses: { readonly x: number; readonly dy: number; readonly dfilter: number },
  ) => void;
}

/** Picks the way to convolve by the extents; none is asked where there is no output, as for a batch of no images. */
export type ChooseConvolution = (info: backend_util.Conv2DInfo) => Convolution;

interface Operands {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  readonly bias?: TensorInfo;
}

const isEmpty = ({ outShape }: backend_util.Conv2DInfo): boolean => util.sizeFromShape(outShape) === 0;

/** Conv2D, FusedConv2D (bias and clamping activations in the same pass), Conv2DBackpropInput, Conv2DBackpropFilter. */
export function registerConvolutions(backendName: string, choose: ChooseConvolution): void {
  const convolve = (
    { x, filter, bias }: Operands, attributes: ConvolutionAttributes, range: readonly [number, number], heap: Heap,
  ): TensorInfo => {
    const info = conv2dInfo(x.shape, filter.shape, attributes);
    const y = heap.output(info.outShape);
    const addresses = {
      x: heap.addressOf(x), filter: heap.addressOf(filter), bias: bias === undefined ? 0 : heap.addressOf(bias), y: y.address,
    };
    if (!isEmpty(info)) choose(info).forward(heap, info, addresses, range);
    return y.info;
  };
  registerKernel<Operands, ConvolutionAttributes>(backendName, 'Conv2D', ({ inputs, attributes, heap }) =>
    convolve(inputs, attributes, [-Infinity, Infinity], heap),
  );
  registerKernel<Operands, ConvolutionAttributes & { activation?: string }>(
    backendName, 'FusedConv2D',
    ({ inputs, attributes, heap }) => {
      const range = activationRange(attributes.activation);
      const channels = inputs.filter.shape[3];
      const plain = inputs.bias === undefined || util.sizeFromShape(inputs.bias.shape) === channels;
      return range !== undefined && plain ? convolve(inputs, attributes, range, heap) : undefined;
    },
  );
  registerKernel<{ dy: TensorInfo; filter: TensorInfo }, ConvolutionAttributes & { inputShape: number[] }>(
    backendName, 'Conv2DBackpropInput',
    ({ inputs: { dy, filter }, attributes, heap }) => {
      const info = conv2dInfo(attributes.inputShape, filter.shape, attributes);
      const dx = heap.output(info.inShape);
      const { addressOf, floats } = heap;
      if (isEmpty(info)) floats(dx.address, util.sizeFromShape(info.inShape)).fill(0);
      else choose(info).inputGradient(heap, info, { dy: addressOf(dy), filter: addressOf(filter), dx: dx.address });
      return dx.info;
    },
  );
  registerKernel<{ x: TensorInfo; dy: TensorInfo }, ConvolutionAttributes & { filterShape: number[] }>(
    backendName, 'Conv2DBackpropFilter',
    ({ inputs: { x, dy }, attributes, heap }) => {
      const info = conv2dInfo(x.shape, attributes.filterShape, attributes);
      const dfilter = heap.output(info.filterShape);
      const { addressOf, floats } = heap;
      if (isEmpty(info)) floats(dfilter.address, util.sizeFromShape(info.filterShape)).fill(0);
      else choose(info).filterGradient(heap, info, { x: addressOf(x), dy: addressOf(dy), dfilter: dfilter.address });
      return dfilter.info;
    },
  );
}
