import { type Matches } from './match-boxes.ts';
import { type Rng } from './rng.ts';

/** Options of {@link sampleBalanced}. */
export interface SampleOptions {
  /** How many candidates to sample. */
  readonly count: number;
  /** The largest part of them that may be positive, from 0 to 1. */
  readonly positiveFraction: number;
}

/**
 * A random sample of `count` candidates (Fast R-CNN, section 2.3; Faster R-CNN, section 3.1.3): as many positives as there
 * are, up to `floor(count * positiveFraction)`, and negatives to fill up, as far as there are.
 * @returns the matches restricted to the sample, indices in ascending order
 * @throws RangeError if `count` is not a whole number of at least 0, or `positiveFraction` is not within 0 … 1
 */
export function sampleBalanced(matches: Matches, { count, positiveFraction }: SampleOptions, rng: Rng): Matches {
  if (!(Number.isSafeInteger(count) && count >= 0 && positiveFraction >= 0 && positiveFraction <= 1)) {
    throw new RangeError(
      `sampleBalanced: expected a count of at least 0 and a fraction from 0 to 1, got ${count} and ${positiveFraction}`,
    );
  }
  const positiveCount = Math.min(Math.floor(count * positiveFraction), matches.positives.length);
  const negativeCount = Math.min(count - positiveCount, matches.negatives.length);
  const positions = samplePositions(matches.positives.length, positiveCount, rng);
  const negativePositions = samplePositions(matches.negatives.length, negativeCount, rng);
  return {
    positives: positions.map((at) => matches.positives[at]),
    negatives: negativePositions.map((at) => matches.negatives[at]),
    groundTruth: Int32Array.from(positions, (at) => matches.groundTruth[at]),
  };
}

/** `count` of the integers 0 … total − 1 without replacement, ascending: the first steps of a Fisher–Yates shuffle. */
function samplePositions(total: number, count: number, rng: Rng): Uint32Array {
  const positions = new Uint32Array(total);
  for (let i = 0; i < total; i++) {
    positions[i] = i;
  }
  for (let i = 0; i < count; i++) {
    const j = i + rng.integer(total - i);
    const chosen = positions[j];
    positions[j] = positions[i];
    positions[i] = chosen;
  }
  return positions.slice(0, count).sort();
}
