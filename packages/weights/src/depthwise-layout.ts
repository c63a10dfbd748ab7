import { checkedShape } from './check-shape.ts';
import { toTfjsOrder, toTorchOrder } from './kernel-order.ts';
import type { FloatWeight } from './weight.ts';

/**
 * A depthwise convolution's weight from PyTorch's `[channels · multiplier, 1, kh, kw]` (groups = channels) to tfjs's
 * `[kh, kw, channels, multiplier]`.
 * @param multiplier output channels of an input channel
 * @throws RangeError if the weight is not of that shape
 */
export function depthwiseToHwcm(weight: FloatWeight, multiplier = 1): FloatWeight {
  const [outs, ins, height, width] = checkedShape('depthwiseToHwcm', weight, ['channels * multiplier', '1', 'kh', 'kw']);
  if (ins !== 1 || !Number.isInteger(multiplier) || multiplier < 1 || outs % multiplier !== 0) {
    throw new RangeError(
      `depthwiseToHwcm: expected shape [channels * ${multiplier}, 1, kh, kw], got [${weight.shape.join(', ')}]`,
    );
  }
  const data = toTfjsOrder(weight.data, outs, 1, height * width);
  return { shape: [height, width, outs / multiplier, multiplier], data };
}

/**
 * A depthwise convolution's weight from tfjs's `[kh, kw, channels, multiplier]` to PyTorch's
 * `[channels · multiplier, 1, kh, kw]`: the inverse of {@link depthwiseToHwcm}.
 * @throws RangeError if the weight is not of rank 4
 */
export function hwcmToDepthwise(weight: FloatWeight): FloatWeight {
  const [height, width, channels, multiplier] = checkedShape('hwcmToDepthwise', weight, ['kh', 'kw', 'channels', 'multiplier']);
  const outs = channels * multiplier;
  return { shape: [outs, 1, height, width], data: toTorchOrder(weight.data, outs, 1, height * width) };
}
