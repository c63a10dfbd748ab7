/** An index mirrored into 0 … length − 1 without repeating the outermost: −1 is 1, `length` is `length − 2`. */
export function mirrored(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const phase = ((index % period) + period) % period;
  return phase < length ? phase : period - phase;
}
