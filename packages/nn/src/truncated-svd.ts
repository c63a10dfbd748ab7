import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '@rcnn/geometry';

/** A matrix [m, n] as a product of two thin ones. */
export interface ThinFactors {
  readonly first: tf.Tensor2D; // [m, t], orthonormal columns
  readonly second: tf.Tensor2D; // [t, n]
}

/**
 * The truncated singular value decomposition of a layer's weights (Fast R-CNN, §3.1): W ≈ U Σₜ Vᵀ of rank t, as U and
 * Σₜ Vᵀ up to a rotation that cancels in their product. One layer of m·n weights becomes two of t(m + n).
 *
 * By subspace iteration (Halko et al. 2011, algorithm 4.4): the error is the best possible one but for a factor that
 * nears 1 with every iteration. The caller disposes both tensors.
 * @throws RangeError if the rank is not between 1 and the smaller extent
 */
export function truncatedSvd(weights: tf.Tensor2D, rank: number, rng: Rng, { iterations = 4 }: { iterations?: number } = {}): ThinFactors {
  const [m, n] = weights.shape;
  if (!Number.isInteger(rank) || rank < 1 || rank > Math.min(m, n)) {
    throw new RangeError(`truncatedSvd: expected a rank from 1 to ${Math.min(m, n)} for weights [${m}, ${n}], got ${rank}`);
  }
  return tf.tidy(() => {
    let first = orthonormal(tf.matMul(weights, tf.tensor2d(Float32Array.from({ length: n * rank }, () => rng.normal()), [n, rank])));
    for (let i = 0; i < iterations; i++) {
      const rows = orthonormal(tf.matMul(weights, first, true, false));
      first = orthonormal(tf.matMul(weights, rows));
    }
    return { first, second: tf.matMul<tf.Tensor2D>(first, weights, true, false) };
  });
}

/**
 * An orthonormal basis of the columns of `x` [m, t]: Q = X R⁻¹ with RᵀR = XᵀX + sI. The shift s keeps the factorisation
 * alive where single precision loses the smallest columns; three passes undo it.
 */
function orthonormal(x: tf.Tensor2D): tf.Tensor2D {
  const columns = x.shape[1];
  let basis = x;
  for (let pass = 0; pass < 3; pass++) {
    const gram = Float64Array.from(tf.matMul(basis, basis, true, false).dataSync());
    let trace = 0;
    for (let i = 0; i < columns; i++) trace += gram[i * columns + i];
    for (let i = 0; i < columns; i++) gram[i * columns + i] += (trace / columns) * 1e-6 + 1e-30;
    basis = tf.matMul(basis, tf.tensor2d(inverseCholesky(gram, columns), [columns, columns]));
  }
  return basis;
}

/** R⁻¹ of the upper triangular R with RᵀR = `matrix` [n, n], positive definite; in float32. */
function inverseCholesky(matrix: Float64Array, n: number): Float32Array {
  const lower = new Float64Array(n * n); // Rᵀ
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j];
    }
  }
  const inverse = new Float32Array(n * n);
  const column = new Float64Array(n); // a column of (Rᵀ)⁻¹, which is a row of R⁻¹
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= lower[i * n + k] * column[k];
      column[i] = sum / lower[i * n + i];
      inverse[j * n + i] = column[i];
    }
  }
  return inverse;
}
