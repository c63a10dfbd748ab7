import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerKernel } from './register.ts';

/** Mean of no numbers, 0 / 0 for each that is left: tfjs's own divides integers by zero there, and the process's wasm is lost. */
export function registerMean(): void {
  registerKernel<{ x: TensorInfo }, { axis: number | number[]; keepDims: boolean }>(
    'wasm', 'Mean',
    ({ inputs: { x }, attributes: { axis, keepDims }, heap: { output, floats } }) => {
      if (util.sizeFromShape(x.shape) > 0) return undefined;
      const axes = util.parseAxisParam(axis, x.shape);
      const kept = x.shape.map((side, axis) => (axes.includes(axis) ? 1 : side));
      const means = output(keepDims ? kept : kept.filter((_, axis) => !axes.includes(axis)));
      floats(means.address, util.sizeFromShape(kept)).fill(NaN);
      return means.info;
    },
  );
}
