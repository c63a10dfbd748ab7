/** How an axis is resized by bicubic interpolation. */
export interface BicubicAxis {
  /** Pixels of the result. */
  readonly length: number;
  /** For each of them the four old pixels that it is made of, edges repeated, and how much each counts. */
  readonly taps: Uint16Array; // [length, 4]
  readonly weights: Float32Array; // [length, 4]
  /**
   * The pixels of the result between two old centres: `first[i]` up to, but not with, `first[i + 1]` lie between the centres of the old
   * pixels i − 1 and i, those before the first and beyond the last included.
   */
  readonly first: Uint32Array; // [from + 2]
}

/**
 * Bicubic interpolation of an axis from `from` to `length` pixels (Keys 1981, a = −¾, as in PyTorch): the result's pixel i lies at
 * `(i + ½) from / length − ½`, centres at whole numbers. An axis that shrinks is not smoothed before.
 */
export function bicubicAxis(from: number, length: number): BicubicAxis {
  const taps = new Uint16Array(4 * length);
  const weights = new Float32Array(4 * length);
  const first = new Uint32Array(from + 2).fill(length);
  const scale = Math.fround(from / length);
  for (let i = length - 1; i >= 0; i--) {
    const at = Math.fround(Math.fround(scale * (i + 0.5)) - 0.5);
    const low = Math.floor(at);
    const t = Math.fround(at - low);
    [far(t + 1), near(t), near(1 - t), far(2 - t)].forEach((weight, tap) => {
      taps[4 * i + tap] = Math.min(from - 1, Math.max(0, low - 1 + tap));
      weights[4 * i + tap] = weight;
    });
    first[low + 1] = i;
  }
  for (let i = from; i >= 0; i--) first[i] = Math.min(first[i], first[i + 1]);
  return { length, taps, weights, first };
}

const a = -0.75;

/** The kernel at a distance of up to 1. */
function near(distance: number): number {
  return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
}

/** … and of 1 to 2. */
function far(distance: number): number {
  return ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
}
