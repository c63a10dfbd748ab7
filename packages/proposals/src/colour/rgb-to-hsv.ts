import type { ByteStack } from '../channel-stack.ts';
import { rint } from './rint.ts';

const bits = 12;
const half = 1 << (bits - 1);

/** How many steps the circle of hues has: 180 of two degrees, OpenCV's habit, or 256, as MATLAB's hue in a byte. */
export type HueSteps = 180 | 256;

/**
 * Planes of hue, saturation and value: V = max, S = 255 (V − min) / V, and H the angle on the circle of hues, in `hueSteps`
 * steps. Fixed point with 12 bits, byte for byte as OpenCV's conversion of 8-bit images.
 */
export function rgbToHsv({ planes: [red, green, blue] }: ByteStack, hueSteps: HueSteps): Uint8Array[] {
  const saturationOf = Int32Array.from({ length: 256 }, (_, v) => (v === 0 ? 0 : rint((255 << bits) / v)));
  const hueOf = Int32Array.from({ length: 256 }, (_, d) => (d === 0 ? 0 : rint((hueSteps << bits) / (6 * d))));
  const [hue, saturation, value] = [0, 1, 2].map(() => new Uint8Array(red.length));
  for (let i = 0; i < value.length; i++) {
    const r = red[i];
    const g = green[i];
    const b = blue[i];
    const max = r > g ? (r > b ? r : b) : g > b ? g : b;
    const min = r < g ? (r < b ? r : b) : g < b ? g : b;
    const range = max - min;
    // Position on the hexagon: 0 at red, 2 at green, 4 at blue, in units of the range.
    const position = max === r ? g - b : max === g ? b - r + 2 * range : r - g + 4 * range;
    const angle = (position * hueOf[range] + half) >> bits;
    hue[i] = angle < 0 ? angle + hueSteps : angle;
    saturation[i] = (range * saturationOf[max] + half) >> bits;
    value[i] = max;
  }
  return [hue, saturation, value];
}
