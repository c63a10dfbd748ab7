import { checkedShape } from './check-shape.ts';
import { toTfjsOrder, toTorchOrder } from './kernel-order.ts';
import type { FloatWeight } from './weight.ts';

/** How many channels the map has that a linear layer sees flattened; its height and width follow. */
export interface FlattenedOptions {
  readonly channels: number;
}

/**
 * The weight of a linear layer that follows a flattened map (`fc6` of every detector's box head): from PyTorch's
 * `[out, C·H·W]`, for a map flattened channels first, to `[H·W·C, out]`, for one flattened channels last.
 * @throws RangeError if the weight is not of rank 2 or its inputs are not a multiple of `channels`
 */
export function chwLinearToHwc(weight: FloatWeight, { channels }: FlattenedOptions): FloatWeight {
  const [outs, ins] = checkedShape('chwLinearToHwc', weight, ['out', 'C * H * W']);
  const pixels = pixelsOf('chwLinearToHwc', ins, channels);
  return { shape: [ins, outs], data: toTfjsOrder(weight.data, outs, channels, pixels) };
}

/**
 * The weight of a linear layer that follows a flattened map, from `[H·W·C, out]` to PyTorch's `[out, C·H·W]`:
 * the inverse of {@link chwLinearToHwc}.
 * @throws RangeError if the weight is not of rank 2 or its inputs are not a multiple of `channels`
 */
export function hwcLinearToChw(weight: FloatWeight, { channels }: FlattenedOptions): FloatWeight {
  const [ins, outs] = checkedShape('hwcLinearToChw', weight, ['H * W * C', 'out']);
  const pixels = pixelsOf('hwcLinearToChw', ins, channels);
  return { shape: [outs, ins], data: toTorchOrder(weight.data, outs, channels, pixels) };
}

function pixelsOf(caller: string, ins: number, channels: number): number {
  if (!Number.isInteger(channels) || channels < 1 || ins % channels !== 0) {
    throw new RangeError(`${caller}: expected inputs that are a multiple of the channels, got ${ins} and ${channels} channels`);
  }
  return ins / channels;
}
