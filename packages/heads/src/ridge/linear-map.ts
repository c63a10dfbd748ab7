/** M linear functions of D features: output m of x is `Σ x[d] · weights[d M + m] + bias[m]`. */
export interface LinearMap {
  readonly weights: Float32Array; // [D, M]
  readonly bias: Float32Array; // [M]
}

/**
 * The outputs of each of R rows, [R, M].
 * @param features [R, D]
 * @throws RangeError if the features are not whole rows of D
 */
export function applyLinearMap({ weights, bias }: LinearMap, features: Float32Array): Float32Array {
  const outputs = bias.length;
  const dimensions = weights.length / outputs;
  if (features.length % dimensions !== 0) {
    throw new RangeError(`applyLinearMap: expected whole rows of ${dimensions} features, got ${features.length} numbers`);
  }
  const results = new Float32Array((features.length / dimensions) * outputs);
  const sums = new Float64Array(outputs);
  for (let from = 0, to = 0; from < features.length; from += dimensions, to += outputs) {
    sums.set(bias);
    for (let d = 0; d < dimensions; d++) {
      const value = features[from + d];
      if (value !== 0) {
        for (let m = 0; m < outputs; m++) {
          sums[m] += value * weights[d * outputs + m];
        }
      }
    }
    results.set(sums, to);
  }
  return results;
}
