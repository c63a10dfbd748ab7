import { roundHalfAway } from './round-half-away.ts';

const f32 = Math.fround;

/**
 * The bins of RoIPool along one axis of one box, in feature pixels: bin b covers `bounds[2b]` ≤ pixel < `bounds[2b + 1]`,
 * and is empty where the two are equal or in reverse. He et al. 2014 (SPP), §3.2; Girshick 2015, §2.1; as torchvision and
 * Caffe compute it: ends rounded half away from zero and both included, bins from floor to ceil, clipped to the map.
 * @param bounds 2 numbers a bin, to be filled
 * @param extent pixels of the map along the axis
 */
export function poolAxis(bounds: Int32Array, start: number, end: number, extent: number, spatialScale: number): void {
  const bins = bounds.length / 2;
  const begin = roundHalfAway(f32(start * f32(spatialScale)));
  const size = Math.max(roundHalfAway(f32(end * f32(spatialScale))) - begin + 1, 1);
  const bin = f32(size / bins);
  for (let b = 0; b < bins; b++) {
    bounds[2 * b] = clamp(Math.floor(f32(b * bin)) + begin, extent);
    bounds[2 * b + 1] = clamp(Math.ceil(f32((b + 1) * bin)) + begin, extent);
  }
}

function clamp(pixel: number, extent: number): number {
  return Math.min(Math.max(pixel, 0), extent);
}
