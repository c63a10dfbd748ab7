import { poolAxis } from './pool-axis.ts';

/**
 * RoIPool along one axis of one box, without a tensor: bin b covers the pixels `bounds[2b]` … `bounds[2b + 1]` − 1, and none
 * where the two are equal or in reverse. The maximum is over the bins of both axes.
 * @param start where the box begins along the axis and, `end`, where it ends, in image pixels
 * @param extent pixels of the map along the axis
 */
export function poolBins(start: number, end: number, bins: number, extent: number, { spatialScale = 1 }: { readonly spatialScale?: number } = {}): Int32Array {
  const bounds = new Int32Array(2 * bins);
  poolAxis(bounds, start, end, extent, spatialScale);
  return bounds;
}
