import type { Dtype } from './dtype.ts';
import type { StateDict, Weight } from './weight.ts';

/** A weight, and the dtype that it has in its file: half precision, for one, comes out as float32. */
export interface TypedWeight {
  readonly dtype: Dtype;
  readonly weight: Weight;
}

/** The weights without their files' dtypes. */
export function weightsOf(typed: ReadonlyMap<string, TypedWeight>): StateDict {
  return new Map([...typed].map(([name, { weight }]) => [name, weight]));
}
