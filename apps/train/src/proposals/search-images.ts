import { availableParallelism } from 'node:os';
import type { Boxes, Size } from '@rcnn/geometry';
import { createProgress } from '../progress.ts';
import { defaultCache } from './proposals-cache.ts';
import type { SearchSettings } from './proposals-task.ts';
import { proposeAll } from './propose-all.ts';

/** Options of {@link searchImages}. */
export interface SearchImagesOptions {
  readonly workers?: number;
  /** Folder of the cache; null for none. */
  readonly cache?: string | null;
  /** Whether images are turned as their EXIF orientation says. */
  readonly upright?: boolean;
}

/** An image to search, and how large it is to be, if that is said anywhere. */
export interface ImageToSearch extends Partial<Size> {
  readonly file: string;
}

/**
 * Selective search's boxes in each image, best first, by the image's file: from the cache where it has them. An image that
 * cannot be decoded, or is of another size than said, has none: whoever reads it reports it.
 */
export async function searchImages(
  images: readonly ImageToSearch[],
  settings: SearchSettings,
  { workers = availableParallelism(), cache = defaultCache(), upright = false }: SearchImagesOptions = {},
): Promise<ReadonlyMap<string, Boxes>> {
  const progress = createProgress({ label: 'proposals', total: images.length, unit: 'images' });
  const answers = await proposeAll(images.map(({ file }) => ({ file, settings, upright, cache })), workers, () => progress.advance());
  progress.finish();
  return new Map(
    answers.flatMap((answer, i) => {
      if ('reason' in answer) return [];
      const { boxes, width, height } = answer.found;
      const { width: saidWidth = width, height: saidHeight = height } = images[i];
      return width === saidWidth && height === saidHeight ? [[answer.file, boxes] as const] : [];
    }),
  );
}
