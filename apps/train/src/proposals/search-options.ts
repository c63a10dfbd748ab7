import type { SelectiveSearchOptions } from '@rcnn/proposals';
import type { SearchSettings } from './proposals-task.ts';

/** Settings as selective search takes them: what is null is left to it. */
export function searchOptions({ flavour, mode, seed, max, minBoxSize, ranking }: SearchSettings): SelectiveSearchOptions {
  return {
    ...{ flavour, mode, seed, max: max ?? Infinity },
    ...(minBoxSize === null ? {} : { minBoxSize }),
    ...(ranking === null ? {} : { ranking }),
  };
}
