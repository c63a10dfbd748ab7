/** How a region is brought into the square that a network takes (R-CNN, appendix A). */
export type WarpMode =
  /** Each axis scaled by itself, whatever the shape: R-CNN's choice. */
  | 'warp'
  /** The tightest square around the region, with what the image has there. */
  | 'square'
  /** The same square, but only what is in the region; the mean elsewhere. */
  | 'square-without-context';

/** Where a region comes from in the image along one axis, and where it goes. Whole pixels, `from` included, `to` not. */
export interface AxisWindow {
  /** The pixels of the image that are scaled. */
  readonly from: number;
  readonly to: number;
  /** The pixels of the crop that they become: `crop` of them, from `pad` on. */
  readonly pad: number;
  readonly crop: number;
}

/** A region as what {@link warpWindow} works on: ends along both axes. */
export interface Region {
  readonly x: readonly [start: number, end: number];
  readonly y: readonly [start: number, end: number];
}

/**
 * The window of a region, across and down, in the arithmetic of R-CNN's own `rcnn_im_crop`, which counts whole pixels from 1: a
 * pixel's box of ours is [x − 1, x]. The region is dilated so that `padding` pixels of the crop lie around it, its ends are
 * rounded (which makes it a pixel longer), and what of it is outside the image is left out, measured at the crop's scale.
 */
export function warpWindow(
  { x, y }: Region,
  image: { readonly width: number; readonly height: number },
  size: number,
  padding: number,
  mode: WarpMode,
): readonly [across: AxisWindow, down: AxisWindow] {
  const dilation = size / (size - 2 * padding);
  const longest = Math.max(x[1] - x[0], y[1] - y[0]) / 2;
  const axis = ([start, end]: readonly [number, number], extent: number): AxisWindow => {
    const own = (end - start) / 2;
    const half = mode === 'warp' ? own : longest;
    const centre = start + 1 + own; // of pixels counted from 1
    if (padding === 0 && mode === 'warp') {
      return place(roundHalfAway(start), roundHalfAway(end), 0, extent, size);
    }
    const first = roundHalfAway(centre - half * dilation);
    const last = roundHalfAway(centre + half * dilation);
    if (mode !== 'square-without-context') {
      return place(first - 1, last, 0, extent, size);
    }
    const content = own + half * (dilation - 1); // as much around the region as there is around the square
    const low = Math.max(0, roundHalfAway(centre - content) - 1);
    const high = Math.min(extent, roundHalfAway(centre + content));
    return place(first - 1, last, low, high, size);
  };
  return [axis(x, image.width), axis(y, image.height)];
}

/** The window `from` … `to` cut to `low` … `high`. */
function place(from: number, to: number, low: number, high: number, size: number): AxisWindow {
  const scale = size / Math.max(to - from, 1);
  const cutFrom = Math.max(from, low);
  const cutTo = Math.min(Math.max(to, from + 1), high);
  if (cutTo <= cutFrom) {
    return { from: 0, to: 0, pad: 0, crop: 0 };
  }
  const pad = roundHalfAway((cutFrom - from) * scale);
  return { from: cutFrom, to: cutTo, pad, crop: Math.min(roundHalfAway((cutTo - cutFrom) * scale), size - pad) };
}

/** MATLAB's `round`: −½ goes to −1, where `Math.round` has 0. */
function roundHalfAway(value: number): number {
  return value < 0 ? -Math.floor(0.5 - value) : Math.floor(value + 0.5);
}
