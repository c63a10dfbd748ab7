import { dot } from './dense-rows.ts';
import type { LinearSvm } from './linear-svm.ts';

/**
 * The scores of R regions by K classifiers, `scores[r K + k] = wₖ · x_r + bₖ` (R-CNN, §2.2: the one product in which all
 * classes share the features), [R, K].
 * @param features [R, D]
 * @throws RangeError if the features are not whole rows of as many numbers as each classifier has weights
 */
export function svmScores(svms: readonly LinearSvm[], features: Float32Array): Float32Array {
  const dimensions = svms.length === 0 ? 0 : svms[0].weights.length;
  const wrong = svms.find(({ weights }) => weights.length !== dimensions || dimensions === 0 || features.length % dimensions !== 0);
  if (wrong) {
    throw new RangeError(`svmScores: expected rows of ${wrong.weights.length} features, one for each weight, got ${features.length} numbers`);
  }
  const regions = svms.length === 0 ? 0 : features.length / dimensions;
  const classes = svms.length;
  const scores = new Float32Array(regions * classes);
  for (let region = 0; region < regions; region++) {
    const row = features.subarray(region * dimensions, (region + 1) * dimensions);
    let k = 0;
    for (; k + 4 <= classes; k += 4) {
      // Four classes at a time read the row once.
      const [{ weights: wa }, { weights: wb }, { weights: wc }, { weights: wd }] = svms.slice(k, k + 4);
      let [a, b, c, d] = [svms[k].bias, svms[k + 1].bias, svms[k + 2].bias, svms[k + 3].bias];
      for (let i = 0; i < dimensions; i++) {
        const x = row[i];
        a += x * wa[i];
        b += x * wb[i];
        c += x * wc[i];
        d += x * wd[i];
      }
      scores.set([a, b, c, d], region * classes + k);
    }
    for (; k < classes; k++) {
      const { weights, bias } = svms[k];
      scores[region * classes + k] = dot(row, 0, weights, dimensions) + bias;
    }
  }
  return scores;
}
