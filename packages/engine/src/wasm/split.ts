import { backend_util, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerKernel } from './register.ts';

/** SplitV, the gradient of every concatenation, as one copy of contiguous runs a part; tfjs's own goes through slices. */
export function registerSplit(): void {
  registerKernel<{ x: TensorInfo }, { numOrSizeSplits: number[] | number; axis: number }>(
    'wasm', 'SplitV',
    ({ inputs: { x }, attributes: { numOrSizeSplits, axis }, heap }) => {
      if (x.dtype !== 'float32') return undefined;
      const [along] = util.parseAxisParam(axis, x.shape);
      const sizes = backend_util.prepareSplitSize(x, numOrSizeSplits, along);
      const inner = util.sizeFromShape(x.shape.slice(along + 1));
      const outer = util.sizeFromShape(x.shape.slice(0, along));
      const row = x.shape[along] * inner;
      let begin = 0;
      return sizes.map((size) => {
        const part = heap.output(x.shape.map((side, i) => (i === along ? size : side)));
        const [from, to] = [heap.floats(heap.addressOf(x), outer * row), heap.floats(part.address, outer * size * inner)];
        for (let i = 0; i < outer; i++) to.set(from.subarray(i * row + begin, i * row + begin + size * inner), i * size * inner);
        begin += size * inner;
        return part.info;
      });
    },
  );
}
