import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerKernel } from './register.ts';

/** Sum over leading axes, the gradient of every bias; tfjs's own transposes the tensor first. */
export function registerSum(): void {
  registerKernel<{ x: TensorInfo }, { axis: number | number[]; keepDims: boolean }>(
    'wasm', 'Sum',
    ({ inputs: { x }, attributes: { axis, keepDims }, heap: { addressOf, output, kernels } }) => {
      const count = util.sizeFromShape(x.shape);
      const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
      const leading = axes.length > 0 && axes.length < x.shape.length && axes.every((a, i) => a === i);
      // Of no numbers at all tfjs's own leaves the sums as the memory was.
      if ((!leading && count > 0) || x.dtype !== 'float32') return undefined;
      const shape = x.shape.map((side, axis) => (axes.includes(axis) ? 1 : side));
      const sums = output(keepDims ? shape : shape.filter((_, axis) => !axes.includes(axis)));
      const columns = util.sizeFromShape(shape);
      kernels.columnSums(addressOf(x), count === 0 ? 0 : count / columns, columns, sums.address);
      return sums.info;
    },
  );
}
