import { checkedShape } from './check-shape.ts';
import { toTfjsOrder, toTorchOrder } from './kernel-order.ts';
import type { FloatWeight } from './weight.ts';

/**
 * A convolution's weight from PyTorch's `[out, in, kh, kw]` to tfjs's `[kh, kw, in, out]`. A transposed convolution's
 * goes from `[in, out, kh, kw]` to `[kh, kw, out, in]` by the same exchange.
 * @throws RangeError if the weight is not of rank 4
 */
export function oihwToHwio(weight: FloatWeight): FloatWeight {
  const [outs, ins, height, width] = checkedShape('oihwToHwio', weight, ['out', 'in', 'kh', 'kw']);
  return { shape: [height, width, ins, outs], data: toTfjsOrder(weight.data, outs, ins, height * width) };
}

/**
 * A convolution's weight from tfjs's `[kh, kw, in, out]` to PyTorch's `[out, in, kh, kw]`: the inverse of {@link oihwToHwio}.
 * @throws RangeError if the weight is not of rank 4
 */
export function hwioToOihw(weight: FloatWeight): FloatWeight {
  const [height, width, ins, outs] = checkedShape('hwioToOihw', weight, ['kh', 'kw', 'in', 'out']);
  return { shape: [outs, ins, height, width], data: toTorchOrder(weight.data, outs, ins, height * width) };
}
