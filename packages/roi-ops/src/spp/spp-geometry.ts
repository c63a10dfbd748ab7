/** Where the cells of a network's map lie in its input, along either axis, in pixels counted from 1. */
export interface SppGeometry {
  /** Pixels from one cell to the next: the stride, S. */
  readonly step: number;
  /** The centre of the first cell's receptive field. */
  readonly offset0: number;
  /** How far within a region's ends the first and the last cell's centres are to be. */
  readonly offset: number;
}

/** The geometry of SPPnet's ZF-5, from its own code. */
export const zf5Geometry: SppGeometry = { step: 12, offset0: 15, offset: 6.5 };

/** One layer that convolves or pools, as {@link sppGeometry} wants to know it. */
export interface SppLayer {
  readonly kernel: number;
  readonly stride?: number;
  /** Pixels added before the first; those after the last move no cell. */
  readonly padding?: number;
}

/**
 * The {@link SppGeometry} of any network from its layers, first to last: the step is the product of the strides, the first
 * cell's centre `1 + Σ ((kernel − 1) / 2 − padding) · (strides before)`, and the ends move inwards by half a step and half a
 * pixel, as ZF-5's do (SPPnet, appendix A, where padding by half of each kernel leaves the centres at multiples of S).
 */
export function sppGeometry(layers: readonly SppLayer[]): SppGeometry {
  let [step, offset0] = [1, 1];
  for (const { kernel, stride = 1, padding = 0 } of layers) {
    offset0 += ((kernel - 1) / 2 - padding) * step;
    step *= stride;
  }
  return { step, offset0, offset: (step + 1) / 2 };
}
