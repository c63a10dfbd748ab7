import type { Rng } from '@rcnn/geometry';

/**
 * First values of a parameter of a shape. The last axis is the output's: convolutions
 * are [kh, kw, in, out], depthwise ones [kh, kw, 1, C], linear ones [in, out].
 */
export type Initializer = (shape: readonly number[], rng: Rng) => Float32Array;

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

function filled(shape: readonly number[], draw: () => number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = draw();
  return values;
}

/** Every value the same. */
export function constant(value: number): Initializer {
  return (shape) => new Float32Array(sizeOf(shape)).fill(value);
}

/** Normal with mean 0. */
export function normal(standardDeviation: number): Initializer {
  return (shape, rng) => filled(shape, () => standardDeviation * rng.normal());
}

/** Uniform in [−bound, bound). */
export function uniform(bound: number): Initializer {
  return (shape, rng) => filled(shape, () => bound * (2 * rng.uniform() - 1));
}

/** Inputs that each output sums: the product of all axes but the last. */
export function fanIn(shape: readonly number[]): number {
  return sizeOf(shape.slice(0, -1));
}

/** He et al. 2015: normal with variance 2 / fan-in, times `gain²`; keeps the scale of activations through ReLUs. */
export function kaimingNormal({ gain = 1 }: { gain?: number } = {}): Initializer {
  return (shape, rng) => normal(gain * Math.sqrt(2 / fanIn(shape)))(shape, rng);
}

/** PyTorch's `kaiming_uniform_(a)`: uniform with bound √(6 / ((1 + a²) · fan-in)). `a = √5` is its default for layers. */
export function kaimingUniform({ a = Math.sqrt(5) }: { a?: number } = {}): Initializer {
  return (shape, rng) => uniform(Math.sqrt(6 / ((1 + a * a) * fanIn(shape))))(shape, rng);
}
