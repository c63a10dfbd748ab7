import { cholesky, solveCholesky } from './cholesky.ts';
import type { LinearMap } from './linear-map.ts';

/** Options of {@link RidgeAccumulator.solve} and of `ridge`. */
export interface RidgeOptions {
  /** λ, what the squared weights cost: R-CNN's 1000; SPPnet has 4000. */
  readonly lambda?: number;
}

/** The sums of a least squares problem, of which the examples come in pieces. */
export interface RidgeAccumulator {
  /**
   * Takes n examples.
   * @param features [n, D]
   * @param targets [n, M]
   */
  readonly add: (features: Float32Array, targets: ArrayLike<number>) => void;
  /** How many examples there are. */
  readonly count: () => number;
  /** The solution so far; more examples may come after it. */
  readonly solve: (options?: RidgeOptions) => LinearMap;
}

/** Examples taken up together, and features of them at a time: a piece of a row of the sums stays in the fastest cache. */
const blockRows = 16;
const blockColumns = 1024;

/**
 * Ridge regression of M targets on D features from sums, in float64: with A = [X, 1], `(AᵀA + λ I)⁻¹ Aᵀ (Y − μ)` and μ, the
 * mean of Y, added to what that predicts (R-CNN, appendix C). The weight of the 1 is regularised with the others, as in R-CNN's own
 * code. That code also whitens the targets by a T made of their covariance; since T multiplies from the right on the
 * way in and its inverse on the way out, it cancels, for every T.
 *
 * Holds (D + 1)² numbers, 680 MB for the 9216 of pool5; takes D² / 2 multiplications an example and D³ / 3 for the solution.
 * Where there are fewer examples than features, `ridge` is sooner done.
 * @throws RangeError (from `add`) if features and targets are not whole rows, of as many examples; (from `solve`) without examples
 */
export function ridgeAccumulator(dimensions: number, targets: number): RidgeAccumulator {
  const size = dimensions + 1;
  const gram = new Float64Array(size * size); // AᵀA, on and below the diagonal; the 1 is the last column of A
  const products = new Float64Array(size * targets); // AᵀY
  const sums = new Float64Array(targets);
  const block = new Float64Array(blockRows * size);
  let count = 0;

  const addBlock = (rows: number): void => {
    block.fill(0, rows * size);
    for (let columns = 0; columns < size; columns += blockColumns) {
      for (let i = columns; i < size; i++) {
        const end = Math.min(columns + blockColumns, i + 1);
        for (let row = 0; row < rows; row += 4) {
          addFour(gram, i * size, block, row * size, size, i, columns, end);
        }
      }
    }
  };

  return {
    count: () => count,
    add: (features, values) => {
      const rows = features.length / dimensions;
      if (!Number.isInteger(rows) || values.length !== rows * targets) {
        throw new RangeError(`ridgeAccumulator: expected ${dimensions} features and ${targets} targets an example, got ${features.length} and ${values.length}`);
      }
      for (let from = 0; from < rows; from += blockRows) {
        const taken = Math.min(blockRows, rows - from);
        for (let row = 0; row < taken; row++) {
          const at = from + row;
          block.set(features.subarray(at * dimensions, (at + 1) * dimensions), row * size);
          block[row * size + dimensions] = 1;
          for (let m = 0; m < targets; m++) {
            const target = values[at * targets + m];
            sums[m] += target;
            for (let d = 0; d < size; d++) {
              products[d * targets + m] += block[row * size + d] * target;
            }
          }
        }
        addBlock(taken);
      }
      count += rows;
    },
    solve: ({ lambda = 1000 } = {}) => {
      if (count === 0) {
        throw new RangeError('ridgeAccumulator: expected at least one example, got none');
      }
      const means = sums.map((sum) => sum / count);
      const factor = gram.slice();
      for (let i = 0; i < size; i++) {
        factor[i * size + i] += lambda;
      }
      cholesky(factor, size);
      // Aᵀ(Y − μ): the last row of AᵀA is Aᵀ1, its columns' sums.
      const solution = products.map((value, i) => value - gram[dimensions * size + Math.floor(i / targets)] * means[i % targets]);
      solveCholesky(factor, size, solution, targets);
      return {
        weights: Float32Array.from(solution.subarray(0, dimensions * targets)),
        bias: Float32Array.from(means, (mean, m) => solution[dimensions * targets + m] + mean),
      };
    },
  };
}

/** `gram[to + j] += Σ block[row + i] · block[row + j]` over four rows, for `from ≤ j < end`; nothing to do where all four are 0, as ReLUs leave many. */
function addFour(
  gram: Float64Array, to: number, block: Float64Array, row: number, size: number, i: number, from: number, end: number,
): void {
  const a = row;
  const b = a + size;
  const c = b + size;
  const d = c + size;
  const fa = block[a + i];
  const fb = block[b + i];
  const fc = block[c + i];
  const fd = block[d + i];
  if (fa === 0 && fb === 0 && fc === 0 && fd === 0) {
    return;
  }
  for (let j = from; j < end; j++) {
    gram[to + j] += fa * block[a + j] + fb * block[b + j] + fc * block[c + j] + fd * block[d + j];
  }
}
