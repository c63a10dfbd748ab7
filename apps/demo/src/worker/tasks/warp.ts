import { asBoxes, type RgbImage } from '@rcnn/geometry';
import { caffePixels } from '@rcnn/models';
import { warpRegions, type WarpMode } from '@rcnn/roi-ops';
import type { Task } from '../task.ts';

/** What {@link warp} is told. */
export interface WarpInput {
  readonly image: RgbImage;
  /** `[x1, y1, x2, y2]` */
  readonly box: readonly number[];
  readonly size: number;
  readonly padding: number;
  readonly mode: WarpMode;
}

/** R-CNN's crop of a region as bytes; what lies outside the image has the colour of the mean that the network is given less. */
export const warp: Task<WarpInput, RgbImage> = ({ image, box, size, padding, mode }) => {
  const mean = caffePixels.mean.map((value) => 255 * value);
  const crop = warpRegions(image, asBoxes(box), { size, padding, mode, mean });
  return { width: size, height: size, data: Uint8Array.from(crop, (value, i) => Math.min(255, Math.max(0, Math.round(value + mean[i % 3])))) };
};
