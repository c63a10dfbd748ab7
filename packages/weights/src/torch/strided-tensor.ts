import { DTYPE_BYTES, type Dtype } from '../dtype.ts';
import { MAX_TENSOR_RANK, type Budget } from '../pickle/limits.ts';
import type { PickledTensor } from '../pickle/python-value.ts';
import { sizeOf, type Weight, type WeightData } from '../weight.ts';

/** Numbers in memory and how a tensor lies in them. */
export interface StridedTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Steps from one number to the next along each axis. */
  readonly strides: readonly number[];
  readonly offset: number;
  /** How many numbers there are. */
  readonly count: number;
  readonly numbers: () => WeightData;
}

/**
 * A tensor that lies in the numbers of a storage. Row-major ones become views of it when read, others are gathered.
 * @throws Error if a number of the tensor would lie outside
 */
export function stridedTensor({ dtype, shape, strides, offset, count, numbers }: StridedTensor, budget: Budget): PickledTensor {
  const size = sizeOf(shape);
  if (shape.length > MAX_TENSOR_RANK || strides.length !== shape.length || !Number.isSafeInteger(size)) {
    throw new Error(`expected a shape of at most ${MAX_TENSOR_RANK} axes and as many strides, got [${shape.slice(0, 20).join(', ')}] and [${strides.slice(0, 20).join(', ')}]`);
  }
  const end = offset + (size === 0 ? 0 : 1 + shape.reduce((last, extent, axis) => last + (extent - 1) * strides[axis], 0));
  if (!(end <= count)) {
    throw new Error(`expected a tensor inside its storage of ${count} numbers, got shape [${shape.join(', ')}], strides [${strides.join(', ')}], offset ${offset}`);
  }
  const gather = (): WeightData => {
    const data = numbers();
    if (isRowMajor(shape, strides)) return data.subarray(offset, offset + size);
    budget(size * Math.max(4, DTYPE_BYTES[dtype]));
    return gathered(data, shape, strides, offset);
  };
  let weight: Weight | undefined;
  return { kind: 'tensor', dtype: () => dtype, read: () => (weight ??= { shape, data: gather() }) };
}

/** Whether numbers follow each other without a gap in the order of the shape. */
function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  if (sizeOf(shape) === 0) return true;
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== step) return false;
    step *= shape[axis];
  }
  return true;
}

function gathered(data: WeightData, shape: readonly number[], strides: readonly number[], offset: number): WeightData {
  const result = data.slice(0, 0);
  const size = sizeOf(shape);
  const target = new (result.constructor as new (length: number) => WeightData)(size);
  const index = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let to = 0; to < size; to++) {
    target[to] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= shape[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return target;
}
