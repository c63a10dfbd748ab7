/** Rows of `dimensions` numbers each, as one array of all or as several arrays of whole rows. */
export type Features = Float32Array | readonly Float32Array[];

/** Rows of one length, each a view of where it lies. */
export interface DenseRows {
  readonly rows: readonly Float32Array[];
  readonly dimensions: number;
}

/**
 * The `count` rows of `features`; their length follows from how many numbers there are.
 * @throws RangeError if the numbers are not `count` rows of one length, or an array breaks off within a row
 */
export function denseRows(caller: string, features: Features, count: number): DenseRows {
  const chunks = features instanceof Float32Array ? [features] : features;
  const numbers = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const dimensions = count === 0 ? 0 : numbers / count;
  if (!Number.isInteger(dimensions) || (count === 0 ? numbers > 0 : dimensions === 0)) {
    throw new RangeError(`${caller}: expected features of ${count} rows, got ${numbers} numbers`);
  }
  const rows: Float32Array[] = [];
  for (const chunk of chunks) {
    if (chunk.length % dimensions !== 0) {
      throw new RangeError(`${caller}: expected whole rows of ${dimensions} features, got an array of ${chunk.length}`);
    }
    for (let offset = 0; offset < chunk.length; offset += dimensions) {
      rows.push(chunk.subarray(offset, offset + dimensions));
    }
  }
  return { rows, dimensions };
}

// The loops below are where training spends its time. They are written for the compiler: sums that begin as numbers of their own (not
// taken from an array), and arrays of one type only at each place.

/** `Σ row[d] · vector[d]`: four sums side by side, so that no addition waits for the one before it. */
export function dot(row: Float32Array, vector: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let e = 0;
  const length = row.length;
  let d = 0;
  for (; d + 4 <= length; d += 4) {
    a += row[d] * vector[d];
    b += row[d + 1] * vector[d + 1];
    c += row[d + 2] * vector[d + 2];
    e += row[d + 3] * vector[d + 3];
  }
  for (; d < length; d++) {
    a += row[d] * vector[d];
  }
  return a + b + (c + e);
}

/** `Σ row[d]²`. */
export function squaredNorm(row: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < row.length; d++) {
    sum += row[d] * row[d];
  }
  return sum;
}

/** `vector[d] += factor · row[d]`. */
export function addScaled(vector: Float64Array, factor: number, row: Float32Array): void {
  const length = row.length;
  let d = 0;
  for (; d + 4 <= length; d += 4) {
    vector[d] += factor * row[d];
    vector[d + 1] += factor * row[d + 1];
    vector[d + 2] += factor * row[d + 2];
    vector[d + 3] += factor * row[d + 3];
  }
  for (; d < length; d++) {
    vector[d] += factor * row[d];
  }
}
