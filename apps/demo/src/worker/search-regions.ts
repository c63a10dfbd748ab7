import type { Boxes } from '@rcnn/geometry';
import { createScratch, selectiveSearch, type SelectiveSearchOptions, type SourceImage } from '@rcnn/proposals';

/** The worker's tasks run one after another: all searches share one memory to work in. */
const scratch = createScratch();

/** The boxes of selective search in an image. */
export function searchRegions(image: SourceImage, options: SelectiveSearchOptions): Boxes {
  return selectiveSearch(image, { ...options, scratch }).boxes;
}
