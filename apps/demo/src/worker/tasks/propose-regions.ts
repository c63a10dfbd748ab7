import type { Boxes, RgbImage } from '@rcnn/geometry';
import type { Mode } from '@rcnn/proposals';
import { searchRegions } from '../search-regions.ts';
import type { Task } from '../task.ts';

/** What {@link proposeRegions} is told. */
export interface ProposeRegionsInput {
  readonly image: RgbImage;
  readonly mode: Mode;
}

/** Boxes of selective search, best rank first. */
export interface ProposeRegionsOutput {
  readonly boxes: Boxes;
  readonly milliseconds: number;
}

/** Selective search with one seed, so that the same image gives the same ranking. */
export const proposeRegions: Task<ProposeRegionsInput, ProposeRegionsOutput> = ({ image, mode }) => {
  const began = performance.now();
  const boxes = searchRegions(image, { mode, seed: 1 });
  return { boxes, milliseconds: performance.now() - began };
};
