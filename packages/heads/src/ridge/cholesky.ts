/** Rows whose dot products are computed in one pass over the rows before them, so that memory is read a sixteenth as often. */
const blockRows = 16;

/**
 * The lower triangle L with `L Lᵀ = A` of a symmetric, positive definite matrix of n rows, in place of A's lower triangle;
 * what lies above the diagonal is neither read nor written. n³ / 3 multiplications.
 * @throws RangeError if the matrix is not positive definite
 */
export function cholesky(matrix: Float64Array, n: number): void {
  for (let from = 0; from < n; from += blockRows) {
    const to = Math.min(from + blockRows, n);
    for (let column = 0; column < to; column++) {
      const pivot = column * n;
      for (let row = Math.max(from, column); row < to; row += 1) {
        if (row + 4 <= to && column < from) {
          fourEntries(matrix, n, row, column);
          row += 3;
          continue;
        }
        const at = row * n;
        let sum = matrix[at + column];
        for (let k = 0; k < column; k++) {
          sum -= matrix[at + k] * matrix[pivot + k];
        }
        if (row > column) {
          matrix[at + column] = sum / matrix[pivot + column];
        } else if (sum > 0) {
          matrix[pivot + column] = Math.sqrt(sum);
        } else {
          throw new RangeError(`cholesky: expected a positive definite matrix, got ${sum} as pivot ${column} of ${n}`);
        }
      }
    }
  }
}

/** Column `column` of four rows below it. */
function fourEntries(matrix: Float64Array, n: number, row: number, column: number): void {
  const p = column * n;
  const a = row * n;
  const b = a + n;
  const c = b + n;
  const d = c + n;
  let sa = matrix[a + column];
  let sb = matrix[b + column];
  let sc = matrix[c + column];
  let sd = matrix[d + column];
  for (let k = 0; k < column; k++) {
    const value = matrix[p + k];
    sa -= matrix[a + k] * value;
    sb -= matrix[b + k] * value;
    sc -= matrix[c + k] * value;
    sd -= matrix[d + k] * value;
  }
  const diagonal = matrix[p + column];
  matrix[a + column] = sa / diagonal;
  matrix[b + column] = sb / diagonal;
  matrix[c + column] = sc / diagonal;
  matrix[d + column] = sd / diagonal;
}

/** Solves `L Lᵀ X = B` for the m columns of B [n, m], in its place; L as {@link cholesky} leaves it. */
export function solveCholesky(factor: Float64Array, n: number, right: Float64Array, m: number): void {
  for (let row = 0; row < n; row++) {
    for (let j = 0; j < m; j++) {
      let sum = right[row * m + j];
      for (let k = 0; k < row; k++) {
        sum -= factor[row * n + k] * right[k * m + j];
      }
      right[row * m + j] = sum / factor[row * n + row];
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    // By rows of L rather than columns: what is known of X is taken from all that is still open above it.
    for (let j = 0; j < m; j++) {
      const value = right[row * m + j] / factor[row * n + row];
      right[row * m + j] = value;
      for (let k = 0; k < row; k++) {
        right[k * m + j] -= factor[row * n + k] * value;
      }
    }
  }
}
