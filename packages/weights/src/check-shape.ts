import { sizeOf, type FloatWeight } from './weight.ts';

/**
 * The extents of a weight of the expected rank.
 * @param axes the axes' names, for the message
 * @throws RangeError if the rank differs, or the data does not fill the shape
 */
export function checkedShape(caller: string, { shape, data }: FloatWeight, axes: readonly string[]): readonly number[] {
  if (shape.length !== axes.length || sizeOf(shape) !== data.length) {
    throw new RangeError(
      `${caller}: expected shape [${axes.join(', ')}] and as many numbers, got [${shape.join(', ')}] and ${data.length} numbers`,
    );
  }
  return shape;
}
