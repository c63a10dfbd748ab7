import { resizeImage } from '@rcnn/datasets';
import type { RgbImage } from '@rcnn/geometry';
import type { Task } from '../task.ts';

/** An image whose longer side is at most `side`. */
export const fitImage: Task<{ readonly image: RgbImage; readonly side: number }, RgbImage> = ({ image, side }, { share }) => {
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const scaled = (length: number): number => Math.max(1, Math.round(scale * length));
  return share(resizeImage(image, { width: scaled(image.width), height: scaled(image.height) }));
};
