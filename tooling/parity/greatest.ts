/** The greatest difference of two lists of numbers. */
export function greatest(values: Float32Array, expected: ArrayLike<number>): number {
  return values.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
}
