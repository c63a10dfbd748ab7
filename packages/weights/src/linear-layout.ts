import { checkedShape } from './check-shape.ts';
import { toTfjsOrder, toTorchOrder } from './kernel-order.ts';
import type { FloatWeight } from './weight.ts';

/**
 * A linear layer's weight from PyTorch's `[out, in]` to `[in, out]`, the right-hand side of `x · W`.
 * @throws RangeError if the weight is not of rank 2
 */
export function oiToIo(weight: FloatWeight): FloatWeight {
  const [outs, ins] = checkedShape('oiToIo', weight, ['out', 'in']);
  return { shape: [ins, outs], data: toTfjsOrder(weight.data, outs, ins, 1) };
}

/**
 * A linear layer's weight from `[in, out]` to PyTorch's `[out, in]`: the inverse of {@link oiToIo}.
 * @throws RangeError if the weight is not of rank 2
 */
export function ioToOi(weight: FloatWeight): FloatWeight {
  const [ins, outs] = checkedShape('ioToOi', weight, ['in', 'out']);
  return { shape: [outs, ins], data: toTorchOrder(weight.data, outs, ins, 1) };
}
