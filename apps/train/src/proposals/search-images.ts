import { availableParallelism } from 'node:os';
import type { Boxes } from '@rcnn/geometry';
import { createProgress } from '../progress.ts';
import { defaultCache } from './proposals-cache.ts';
import type { SearchSettings } from './proposals-task.ts';
import { proposeAll } from './propose-all.ts';

/** Options of {@link searchImages}. */
export interface SearchImagesOptions {
  readonly workers?: number;
  /** Folder of the cache; null for none. */
  readonly cache?: string | null;
}

/**
 * Selective search's boxes in each image, best first, by the image's file: from the cache where it has them. An image that
 * cannot be decoded has none: whoever reads it reports it.
 */
export async function searchImages(
  files: readonly string[],
  settings: SearchSettings,
  { workers = availableParallelism(), cache = defaultCache() }: SearchImagesOptions = {},
): Promise<ReadonlyMap<string, Boxes>> {
  const progress = createProgress({ label: 'proposals', total: files.length, unit: 'images' });
  const answers = await proposeAll(files.map((file) => ({ file, settings, cache })), workers, () => progress.advance());
  progress.finish();
  return new Map(answers.flatMap((answer) => ('found' in answer ? [[answer.file, answer.found.boxes] as const] : [])));
}
