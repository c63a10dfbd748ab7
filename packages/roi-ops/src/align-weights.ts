import { createAlignAxis, sampleAlignAxis, type AlignAxis, type AxisSampling } from './align-axis.ts';

/**
 * RoIAlign along one axis of one box, without a tensor: what each bin takes of each pixel, `Σₖ weight[k] · pixel[index[k]]` over
 * k = `first[b]` … `first[b + 1]` − 1. The weights of the two axes multiply.
 * @param start where the box begins along the axis and, `end`, where it ends, in image pixels
 * @param extent pixels of the map along the axis
 */
export function alignWeights(
  start: number,
  end: number,
  bins: number,
  extent: number,
  { spatialScale = 1, samplingRatio = -1, aligned = false }: Partial<AxisSampling> = {},
): AlignAxis {
  const sampling = { spatialScale, samplingRatio, aligned };
  const axis = createAlignAxis(Float32Array.of(start, 0, end, 0), 0, bins, extent, sampling);
  sampleAlignAxis(axis, start, end, extent, sampling);
  return axis;
}
