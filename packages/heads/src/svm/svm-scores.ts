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
      writeFour(svms, k, row, scores, region * classes);
    }
    for (; k < classes; k++) {
      const { weights, bias } = svms[k];
      let score = bias;
      for (let i = 0; i < dimensions; i++) {
        score += row[i] * weights[i];
      }
      scores[region * classes + k] = score;
    }
  }
  return scores;
}

/** The scores of classes `k` … `k + 3`, in one reading of the row. */
function writeFour(svms: readonly LinearSvm[], k: number, row: Float32Array, scores: Float32Array, to: number): void {
  const { weights: wa, bias: biasA } = svms[k];
  const { weights: wb, bias: biasB } = svms[k + 1];
  const { weights: wc, bias: biasC } = svms[k + 2];
  const { weights: wd, bias: biasD } = svms[k + 3];
  let a = biasA;
  let b = biasB;
  let c = biasC;
  let d = biasD;
  for (let i = 0; i < row.length; i++) {
    const x = row[i];
    a += x * wa[i];
    b += x * wb[i];
    c += x * wc[i];
    d += x * wd[i];
  }
  scores[to + k] = a;
  scores[to + k + 1] = b;
  scores[to + k + 2] = c;
  scores[to + k + 3] = d;
}
