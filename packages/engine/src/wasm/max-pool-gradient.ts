import { backend_util, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerKernel } from './register.ts';

interface Attributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** MaxPoolGrad: tfjs's own is a loop in JavaScript, and errs for windows of one pixel. */
export function registerMaxPoolGradient(): void {
  registerKernel<{ dy: TensorInfo; input: TensorInfo }, Attributes>(
    'wasm', 'MaxPoolGrad',
    ({ inputs: { dy, input }, attributes: { filterSize, strides, pad, dimRoundingMode }, heap }) => {
      const shape = input.shape as [number, number, number, number];
      const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
      const { addressOf, output, floats, kernels, workspace } = heap;
      const dx = output(shape);
      floats(dx.address, util.sizeFromShape(shape)).fill(0);
      kernels.maxPoolGradient(
        addressOf(dy), addressOf(input), ...shape, info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth,
        info.padInfo.top, info.padInfo.left, info.outHeight, info.outWidth, dx.address,
        workspace(kernels.maxPoolGradientBytes(shape[3])),
      );
      return dx.info;
    },
  );
}
