import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerWasmKernel } from './register.ts';

/** Sum over leading axes, the gradient of every bias; tfjs's own transposes the tensor first. */
export function registerSum(): void {
  registerWasmKernel<{ x: TensorInfo }, { axis: number | number[]; keepDims: boolean }>(
    'Sum',
    ({ inputs: { x }, attributes: { axis, keepDims }, heap: { addressOf, output, kernels } }) => {
      const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
      const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((a, i) => a === i);
      if (!leading || x.dtype !== 'float32') return undefined;
      const kept = x.shape.slice(axes.length);
      const sums = output(keepDims ? [...axes.map(() => 1), ...kept] : kept);
      const columns = util.sizeFromShape(kept);
      kernels.columnSums(addressOf(x), util.sizeFromShape(x.shape) / columns, columns, sums.address);
      return sums.info;
    },
  );
}
