import { denseRows } from '../svm/dense-rows.ts';
import { cholesky, solveCholesky } from './cholesky.ts';
import type { LinearMap } from './linear-map.ts';
import { ridgeAccumulator, type RidgeOptions } from './ridge-accumulator.ts';
import { rowGram } from './row-gram.ts';

/**
 * Ridge regression in closed form (R-CNN, appendix C), of targets [n, M] on features [n, D], all in memory: by `ridgeAccumulator` where
 * there are more examples than features, and otherwise by the same equation's dual, `Aᵀ (A Aᵀ + λ I)⁻¹ (Y − μ)`, whose
 * matrix is n by n.
 * @throws RangeError if there is no example, or features and targets are not whole rows, of as many examples
 */
export function ridge(features: Float32Array, targets: ArrayLike<number>, count: number, { lambda = 1000 }: RidgeOptions = {}): LinearMap {
  const dimensions = features.length / count;
  const outputs = targets.length / count;
  if (!(count > 0 && Number.isInteger(dimensions) && Number.isInteger(outputs))) {
    throw new RangeError(`ridge: expected whole rows of features and targets of ${count} examples, got ${features.length} and ${targets.length}`);
  }
  if (count > dimensions) {
    const sums = ridgeAccumulator(dimensions, outputs);
    sums.add(features, targets);
    return sums.solve({ lambda });
  }
  const { rows } = denseRows('ridge', features, count);
  const gram = rowGram(rows, dimensions);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      gram[i * count + j] += i === j ? 1 + lambda : 1; // the 1 of each example
    }
  }
  const means = new Float64Array(outputs);
  for (let i = 0; i < targets.length; i++) {
    means[i % outputs] += targets[i] / count;
  }
  const duals = Float64Array.from(targets, (target, i) => target - means[i % outputs]);
  cholesky(gram, count);
  solveCholesky(gram, count, duals, outputs);
  const weights = new Float64Array(dimensions * outputs);
  const bias = means; // the 1 of every example times its dual, and μ
  for (let i = 0; i < count; i++) {
    for (let m = 0; m < outputs; m++) {
      const factor = duals[i * outputs + m];
      bias[m] += factor;
      for (let d = 0; d < dimensions; d++) {
        weights[d * outputs + m] += factor * features[i * dimensions + d];
      }
    }
  }
  return { weights: Float32Array.from(weights), bias: Float32Array.from(bias) };
}
