/**
 * Area under the interpolated precision–recall curve, `Σ (r_k − r_{k−1}) · max_{j ≥ k} p_j` (VOC 2010 on; `VOCap.m`).
 * @param recall recall after each detection, not decreasing
 * @param precision precision after each detection
 */
export function areaAveragePrecision(recall: Float64Array, precision: Float64Array): number {
  let sum = 0;
  let highest = 0;
  for (let k = recall.length - 1; k >= 0; k--) {
    highest = Math.max(highest, precision[k]);
    sum += (recall[k] - (k > 0 ? recall[k - 1] : 0)) * highest;
  }
  return sum;
}

/**
 * Mean of the interpolated precision at recall 0, .1, …, 1: `1/11 · Σ_t max_{r_k ≥ t} p_k` (VOC 2007;
 * Everingham et al. 2010, §4.2).
 * @param recall recall after each detection, not decreasing
 * @param precision precision after each detection
 */
export function elevenPointAveragePrecision(recall: Float64Array, precision: Float64Array): number {
  let sum = 0;
  let highest = 0;
  let k = recall.length - 1;
  for (let point = 10; point >= 0; point--) {
    // 0.1 × 3 is a little more than 3 / 10: a recall of exactly 3/10 does not reach the point. The common
    // implementations have it so, and published figures with them.
    for (; k >= 0 && recall[k] >= point * 0.1; k--) highest = Math.max(highest, precision[k]);
    sum += highest;
  }
  return sum / 11;
}
