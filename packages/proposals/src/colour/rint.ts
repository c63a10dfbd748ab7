/** The nearest integer, halves to the even one: C's `rint`. */
export function rint(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor & 1) : Math.round(value);
}
