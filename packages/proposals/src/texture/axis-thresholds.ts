import { rint } from '../colour/rint.ts';

const bins = 10;

/** The bin of a byte: tenths of 256, in single precision. */
const binOfByte = (byte: number): number => Math.floor(Math.fround(byte / Math.fround(25.6)));

/** The line that takes min to 0 and max to 255, in single precision as OpenCV's `convertTo`; 0 everywhere if they are one. */
function byteOf(min: number, max: number): (value: number) => number {
  if (!(max > min)) return () => 0;
  const scale = Math.fround(255 / (max - min));
  const shift = Math.fround((-255 * min) / (max - min));
  return (value) => Math.max(0, Math.min(255, rint(Math.fround(value * scale + shift))));
}

/** The two orientations of an axis whose values range from min to max: what is below 0, and what is above. */
function orientations(min: number, max: number): { negative: (value: number) => number; positive: (value: number) => number } {
  const below = byteOf(Math.min(0, min), Math.min(0, max));
  const above = byteOf(Math.max(0, min), Math.max(0, max));
  return { negative: (value) => binOfByte(below(value)), positive: (value) => binOfByte(above(value)) };
}

/** The bin of 0 in the negative orientation, and in the positive one. */
export function zeroBinsOf(min: number, max: number): [number, number] {
  const { negative, positive } = orientations(min, max);
  return [negative(0), positive(0)];
}

/**
 * Twenty bounds, ascending, the largest integer where none is passed: an integer v has code c if it is at least the first c of them. Code c < 10 is bin c of
 * the negative orientation, c ≥ 10 bin c − 10 of the positive one. Found by bisection, since bins grow with the value.
 */
export function axisThresholds(min: number, max: number, unit: number): Int32Array {
  const { negative, positive } = orientations(min * unit, max * unit);
  const codeOf = (value: number): number => (value > 0 ? bins + positive(value * unit) : negative(value * unit));
  return Int32Array.from({ length: 2 * bins }, (_, code) => {
    if (codeOf(max) <= code) return 0x7fffffff;
    let [low, high] = [min - 1, max]; // code(low) ≤ code < code(high)
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (codeOf(middle) > code) high = middle;
      else low = middle;
    }
    return high;
  });
}
