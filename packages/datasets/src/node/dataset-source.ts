import type { Dataset, DatasetFormat } from '../dataset.ts';
import type { Problem } from '../problem.ts';

/** A folder that holds a dataset in one format, opened: its splits are known, its files are read when asked for. */
export interface DatasetSource {
  readonly format: DatasetFormat;
  readonly splits: readonly string[];
  /** One split; what is wrong with it is in its `problems`. */
  readonly read: (split: string) => Promise<Dataset>;
  /** Every example and image, in whatever split or none, and every problem the files' own text shows. */
  readonly readEverything: () => Promise<Everything>;
}

/** What {@link DatasetSource} reads in all. */
export interface Everything extends Pick<Dataset, 'examples' | 'problems'> {
  /** Paths of all images, those without an annotation among them. */
  readonly images: readonly string[];
}

/** What is wrong, without repetitions. */
export function uniqueProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
