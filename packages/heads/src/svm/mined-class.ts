import type { Rng } from '@rcnn/geometry';
import { trainLinearSvm, type LinearSvm, type LinearSvmOptions } from './linear-svm.ts';
import { svmScores } from './svm-scores.ts';

/** What {@link minedClass} needs to go on from: plain numbers, safe to write as JSON. */
export interface MinedClassState extends SavedSvm {
  /** Image and region of each negative, one after the other. */
  readonly keys: readonly number[];
  /** The dual variables, of the positives first, then of the negatives. */
  readonly alphas: readonly number[];
  /** How many negatives have come in since the last training. */
  readonly added: number;
}

/** A {@link LinearSvm} as plain numbers. */
interface SavedSvm {
  readonly weights: readonly number[];
  readonly bias: number;
}

/** One class's classifier with the examples it is trained on. */
export interface MinedClass {
  readonly svm: () => LinearSvm;
  /** How many examples there are in all, how many of them are negatives, and how many of those the classifier has not been trained on. */
  readonly examples: () => number;
  readonly negatives: () => number;
  readonly added: () => number;
  readonly has: (image: number, region: number) => boolean;
  /** Takes a negative; `row` is kept. */
  readonly add: (image: number, region: number, row: Float32Array) => void;
  /** Trains from where the last training ended, then evicts the negatives that score below the threshold. */
  readonly train: (options: LinearSvmOptions, evictThreshold: number, rng: Rng) => void;
  readonly state: () => MinedClassState;
}

/** Image and region as one number: exact up to 2²⁹ images of 2²⁴ regions. */
const keyOf = (image: number, region: number): number => image * 2 ** 24 + region;

/** A {@link MinedClass} of `positives` [P, D] and no negatives, or of those of a saved state, whose features `rowOf` gives. */
export function minedClass(
  positives: Float32Array,
  dimensions: number,
  saved?: MinedClassState,
  rowOf?: (image: number, region: number) => Float32Array,
): MinedClass {
  const positiveCount = positives.length / dimensions;
  let svm: LinearSvm = { weights: Float32Array.from(saved?.weights ?? new Float32Array(dimensions)), bias: saved?.bias ?? 0 };
  let alphas = Array.from(saved?.alphas ?? new Float64Array(positiveCount));
  let added = saved?.added ?? 0;
  let rows: Float32Array[] = [];
  let keys: number[] = [];
  const present = new Set<number>();
  const take = (image: number, region: number, row: Float32Array): void => {
    keys.push(keyOf(image, region));
    rows.push(row);
    present.add(keyOf(image, region));
  };
  for (let i = 0; saved && rowOf && i < saved.keys.length; i += 2) {
    take(saved.keys[i], saved.keys[i + 1], rowOf(saved.keys[i], saved.keys[i + 1]));
  }
  return {
    svm: () => svm,
    examples: () => positiveCount + rows.length,
    negatives: () => rows.length,
    added: () => added,
    has: (image, region) => present.has(keyOf(image, region)),
    add: (image, region, row) => {
      take(image, region, row);
      alphas.push(0);
      added++;
    },
    train: (options, evictThreshold, rng) => {
      const labels = Int8Array.from({ length: positiveCount + rows.length }, (_, i) => (i < positiveCount ? 1 : -1));
      const trained = trainLinearSvm([positives, ...rows], labels, { ...options, initial: Float64Array.from(alphas) }, rng);
      svm = { weights: trained.weights, bias: trained.bias };
      const stays = rows.map((row) => svmScores([svm], row)[0] >= evictThreshold);
      keys.forEach((key, i) => !stays[i] && present.delete(key));
      alphas = Array.from(trained.alphas).filter((_, i) => i < positiveCount || stays[i - positiveCount]);
      rows = rows.filter((_, i) => stays[i]);
      keys = keys.filter((_, i) => stays[i]);
      added = 0;
    },
    state: () => ({
      keys: keys.flatMap((key) => [Math.floor(key / 2 ** 24), key % 2 ** 24]),
      alphas: [...alphas],
      added,
      weights: Array.from(svm.weights),
      bias: svm.bias,
    }),
  };
}
