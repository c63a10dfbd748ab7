/** Options of {@link featureScale}. */
export interface FeatureScaleOptions {
  /** What the mean norm is to become. */
  readonly norm?: number;
}

/**
 * What to multiply features by so that their mean Euclidean norm is `norm`: R-CNN's, so that one C suits the features of
 * every layer and network.
 * @param chunks arrays of whole rows, such as the features of some images; read once, one at a time
 * @throws RangeError if an array is not whole rows of `dimensions`, or the mean norm is not above 0
 */
export function featureScale(chunks: Iterable<Float32Array>, dimensions: number, { norm = 20 }: FeatureScaleOptions = {}): number {
  let [sum, count] = [0, 0];
  for (const chunk of chunks) {
    if (chunk.length % dimensions !== 0) {
      throw new RangeError(`featureScale: expected whole rows of ${dimensions} features, got an array of ${chunk.length}`);
    }
    for (let from = 0; from < chunk.length; from += dimensions) {
      let square = 0;
      for (let d = from; d < from + dimensions; d++) {
        square += chunk[d] * chunk[d];
      }
      sum += Math.sqrt(square);
      count++;
    }
  }
  if (!(sum > 0 && sum < Infinity)) {
    throw new RangeError(`featureScale: expected features with a mean norm above 0, got ${sum} over ${count} rows`);
  }
  return (norm * count) / sum;
}
