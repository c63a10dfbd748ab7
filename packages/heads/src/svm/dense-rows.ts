/** Rows of `dimensions` numbers each, as one array of all or as several arrays of whole rows. */
export type Features = Float32Array | readonly Float32Array[];

/** Where each row is: row i begins at `offsets[i]` of `arrays[i]`. */
export interface DenseRows {
  readonly count: number;
  readonly dimensions: number;
  readonly arrays: readonly Float32Array[];
  readonly offsets: Float64Array;
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
  const arrays: Float32Array[] = [];
  const offsets = new Float64Array(count);
  for (const chunk of chunks) {
    if (chunk.length % dimensions !== 0) {
      throw new RangeError(`${caller}: expected whole rows of ${dimensions} features, got an array of ${chunk.length}`);
    }
    for (let offset = 0; offset < chunk.length; offset += dimensions) {
      offsets[arrays.length] = offset;
      arrays.push(chunk);
    }
  }
  return { count, dimensions, arrays, offsets };
}

/** `Σ rows[offset + d] · vector[d]`: four sums side by side, so that no addition waits for the one before it. */
export function dot(rows: Float32Array, offset: number, vector: Float64Array | Float32Array, dimensions: number): number {
  let [a, b, c, e] = [0, 0, 0, 0];
  let d = 0;
  for (; d + 4 <= dimensions; d += 4) {
    a += rows[offset + d] * vector[d];
    b += rows[offset + d + 1] * vector[d + 1];
    c += rows[offset + d + 2] * vector[d + 2];
    e += rows[offset + d + 3] * vector[d + 3];
  }
  for (; d < dimensions; d++) {
    a += rows[offset + d] * vector[d];
  }
  return a + b + (c + e);
}

/** `vector[d] += factor · rows[offset + d]`. */
export function addScaled(vector: Float64Array, factor: number, rows: Float32Array, offset: number, dimensions: number): void {
  let d = 0;
  for (; d + 4 <= dimensions; d += 4) {
    vector[d] += factor * rows[offset + d];
    vector[d + 1] += factor * rows[offset + d + 1];
    vector[d + 2] += factor * rows[offset + d + 2];
    vector[d + 3] += factor * rows[offset + d + 3];
  }
  for (; d < dimensions; d++) {
    vector[d] += factor * rows[offset + d];
  }
}
