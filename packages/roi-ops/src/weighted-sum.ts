/** Pixels to sum: where the channels of each begin, and its weight. */
export interface WeightedPixels {
  readonly begin: Int32Array;
  readonly weight: Float64Array;
}

/**
 * `target[to + c] += Σₖ weight[k] · source[begin[k] + c]` over the first `count` pixels, for each channel c.
 * Four pixels a pass, then two, then one: within a pass the sum stays in a register and does not go through memory.
 */
export function addWeightedSum(
  source: Float32Array,
  { begin, weight }: WeightedPixels,
  count: number,
  target: Float32Array,
  to: number,
  channels: number,
): void {
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const [p, q, s, t] = [begin[k], begin[k + 1], begin[k + 2], begin[k + 3]];
    const [wp, wq, ws, wt] = [weight[k], weight[k + 1], weight[k + 2], weight[k + 3]];
    for (let c = 0; c < channels; c++) {
      target[to + c] += wp * source[p + c] + wq * source[q + c] + ws * source[s + c] + wt * source[t + c];
    }
  }
  if (k + 2 <= count) {
    const [p, q, wp, wq] = [begin[k], begin[k + 1], weight[k], weight[k + 1]];
    for (let c = 0; c < channels; c++) {
      target[to + c] += wp * source[p + c] + wq * source[q + c];
    }
    k += 2;
  }
  if (k < count) {
    const [p, wp] = [begin[k], weight[k]];
    for (let c = 0; c < channels; c++) {
      target[to + c] += wp * source[p + c];
    }
  }
}
