/** Pixels side by side. */
export interface PixelRun {
  /** Where the first one's channels begin. */
  readonly from: number;
  /** The first one's place, `y · W + x`. */
  readonly pixel: number;
  readonly count: number;
}

/**
 * Raises the maxima at `to`, and the places where they were met, to the values of a run of pixels where those are greater.
 * Four channels at a time: their maxima stay in registers along the run.
 */
export function raiseMaxima(
  features: Float32Array,
  { from, pixel, count }: PixelRun,
  maxima: Float32Array,
  places: Int32Array,
  to: number,
  channels: number,
): void {
  const end = pixel + count;
  let c = 0;
  for (; c + 4 <= channels; c += 4) {
    const at = to + c;
    let m0 = maxima[at];
    let p0 = places[at];
    let m1 = maxima[at + 1];
    let p1 = places[at + 1];
    let m2 = maxima[at + 2];
    let p2 = places[at + 2];
    let m3 = maxima[at + 3];
    let p3 = places[at + 3];
    for (let p = pixel, i = from + c; p < end; p++, i += channels) {
      const v0 = features[i];
      const v1 = features[i + 1];
      const v2 = features[i + 2];
      const v3 = features[i + 3];
      if (v0 > m0) {
        m0 = v0;
        p0 = p;
      }
      if (v1 > m1) {
        m1 = v1;
        p1 = p;
      }
      if (v2 > m2) {
        m2 = v2;
        p2 = p;
      }
      if (v3 > m3) {
        m3 = v3;
        p3 = p;
      }
    }
    maxima[at] = m0;
    places[at] = p0;
    maxima[at + 1] = m1;
    places[at + 1] = p1;
    maxima[at + 2] = m2;
    places[at + 2] = p2;
    maxima[at + 3] = m3;
    places[at + 3] = p3;
  }
  for (; c < channels; c++) {
    for (let p = pixel, i = from + c; p < end; p++, i += channels) {
      if (features[i] > maxima[to + c]) {
        maxima[to + c] = features[i];
        places[to + c] = p;
      }
    }
  }
}
