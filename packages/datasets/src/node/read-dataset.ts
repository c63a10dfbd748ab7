import type { Dataset } from '../dataset.ts';
import { formatProblem } from '../problem.ts';
import { openDataset, type OpenOptions } from './open-dataset.ts';

/** Options of {@link readDataset}. */
export interface ReadOptions extends OpenOptions {
  /** May be left out where there is only one. `train` also finds COCO's `train2017`. */
  readonly split?: string | undefined;
  /** `skip` leaves out what is damaged and lists it in `problems`; `refuse` throws. */
  readonly onProblem?: 'skip' | 'refuse';
}

/**
 * Reads one split of a dataset in a folder, its format detected. Images are located, not decoded: {@link readExampleImage}
 * does that, and says what is wrong with one.
 * @throws Error if the folder or the split is not there (the message names those there are), or, with `refuse`, for
 * anything damaged: the first problem in a line, and how many more there are
 */
export async function readDataset(root: string, { split, onProblem = 'refuse', ...options }: ReadOptions = {}): Promise<Dataset> {
  const [source] = await openDataset(root, options);
  const dataset = await source.read(chooseSplit(root, source.splits, split));
  if (onProblem === 'refuse' && dataset.problems.length > 0) {
    const more = dataset.problems.length - 1;
    throw new Error(`${formatProblem(dataset.problems[0])}${more > 0 ? ` (and ${more} more ${more > 1 ? 'problems' : 'problem'})` : ''}`);
  }
  return dataset;
}

/** The split meant by a name. */
export function chooseSplit(root: string, splits: readonly string[], split: string | undefined): string {
  if (split === undefined && splits.length === 1) {
    return splits[0];
  }
  const withYear = splits.filter((name) => name.replace(/\d{4}$/, '') === split);
  const chosen = splits.find((name) => name === split) ?? (withYear.length === 1 ? withYear[0] : undefined);
  if (chosen === undefined) {
    const asked = split === undefined ? 'expected the name of a split' : `no split "${split}"`;
    throw new Error(`${root}: ${asked}; there are ${splits.join(', ')}`);
  }
  return chosen;
}
