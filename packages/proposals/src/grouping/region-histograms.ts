/** A histogram of each region, one after another; each sums to 1. */
export interface RegionHistograms {
  readonly bins: number;
  readonly values: Float32Array;
}

/** Counts as histograms: each of its region's total. */
export function normalizeHistograms(counts: Int32Array, bins: number, totals: (region: number) => number): RegionHistograms {
  const values = new Float32Array(counts.length);
  for (let region = 0, at = 0; at < counts.length; region++) {
    const total = totals(region);
    for (const end = at + bins; at < end; at++) {
      values[at] = counts[at] / total;
    }
  }
  return { bins, values };
}
