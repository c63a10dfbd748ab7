import { createScratch, type Scratch } from '../scratch.ts';

/** A histogram of each region, one after another; each sums to 1. */
export interface RegionHistograms {
  readonly bins: number;
  readonly values: Float32Array;
}

/** Counts of each region, `bins` numbers a region. */
export interface RegionCounts {
  readonly bins: number;
  readonly counts: Int32Array;
}

/** The counts of regions made of cells: of each, the sum over its cells. */
export function sumCounts({ bins, counts }: RegionCounts, regionOf: Int32Array, regions: number, scratch: Scratch): RegionCounts {
  const sums = scratch.take(Int32Array, regions * bins).fill(0);
  for (let cell = 0, from = 0; cell < regionOf.length; cell++) {
    const to = regionOf[cell] * bins;
    for (let bin = 0; bin < bins; bin++, from++) {
      sums[to + bin] += counts[from];
    }
  }
  return { bins, counts: sums };
}

/** Counts as histograms: each over its region's pixels times `perPixel`, how often a pixel is counted. */
export function normalizeCounts({ bins, counts }: RegionCounts, sizes: Int32Array, perPixel: number, scratch: Scratch = createScratch()): RegionHistograms {
  const values = scratch.take(Float32Array, counts.length);
  for (let region = 0, at = 0; at < counts.length; region++) {
    const total = sizes[region] * perPixel;
    for (const end = at + bins; at < end; at++) {
      values[at] = counts[at] / total;
    }
  }
  return { bins, values };
}
