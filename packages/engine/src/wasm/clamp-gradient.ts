import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerKernel } from './register.ts';

/** ClampGradient, which @rcnn/nn asks for after every ReLU: {dy, y} and {low, high} to dy where low < y < high, else 0. */
export function registerClampGradient(): void {
  registerKernel<{ dy: TensorInfo; y: TensorInfo }, { low: number; high: number }>(
    'wasm', 'ClampGradient',
    ({ inputs: { dy, y }, attributes: { low, high }, heap: { addressOf, output, kernels } }) => {
      const dx = output(y.shape);
      kernels.clampGradient(addressOf(dy), addressOf(y), util.sizeFromShape(y.shape), low, high, dx.address);
      return dx.info;
    },
  );
}
