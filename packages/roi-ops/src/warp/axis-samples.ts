import type { AxisWindow } from './warp-window.ts';

/** What each pixel of a crop mixes along one axis: pixel `first`, and `share` of the way to pixel `second`. */
export interface AxisSamples {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
  /** The pixels of the crop that show the image: `begin` … `end` − 1. */
  readonly begin: () => number;
  readonly end: () => number;
  /** Sets all this for a window: bilinear, pixels' centres at their middles, the outermost ones repeated. */
  readonly fill: (window: AxisWindow) => void;
}

/** Tables for crops of `size` pixels, to be filled for one region after another. */
export function axisSamples(size: number): AxisSamples {
  const [first, second, share] = [new Int32Array(size), new Int32Array(size), new Float32Array(size)];
  let [begin, end] = [0, 0];
  return {
    first,
    second,
    share,
    begin: () => begin,
    end: () => end,
    fill: ({ from, to, pad, crop }) => {
      [begin, end] = [pad, pad + crop];
      const step = (to - from) / crop;
      for (let i = begin; i < end; i++) {
        const position = Math.min(Math.max((i - pad + 0.5) * step - 0.5, 0), to - from - 1);
        const whole = Math.floor(position);
        first[i] = from + whole;
        second[i] = Math.min(from + whole + 1, to - 1);
        share[i] = position - whole;
      }
    },
  };
}
