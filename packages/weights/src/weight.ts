/** The typed arrays a weight may lie in. `Uint8Array` also holds booleans, as 0 and 1. */
export type WeightData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

/** A named array's shape and its numbers, row-major: `data.length` is the product of `shape`, and 1 where it is empty. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: WeightData;
}

/** A {@link Weight} of 32-bit floats: what the layout conversions take and give. */
export interface FloatWeight extends Weight {
  readonly data: Float32Array;
}

/** The parameters and buffers of a model by name, in PyTorch's sense: `backbone.body.layer1.0.conv1.weight`, … */
export type StateDict = ReadonlyMap<string, Weight>;

/** How many numbers an array of this shape holds: the product, 1 for a scalar's `[]`. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1);
}

/** The weight in 32-bit floats; itself where it is in them already. */
export function toFloat32(weight: Weight): FloatWeight {
  const { shape, data } = weight;
  if (data instanceof Float32Array) {
    return { shape, data };
  }
  return { shape, data: Float32Array.from(data as ArrayLike<number | bigint>, Number) };
}
