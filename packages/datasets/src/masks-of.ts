import { parseSegmentation, type Rle, type Size } from '@rcnn/geometry';
import type { GroundTruth } from './dataset.ts';

/**
 * The masks of an image's objects as run lengths, from the outlines and run lengths its ground truth holds; undefined for an
 * object that has none. Nothing is rasterised before this is called.
 * @throws Error naming the object, if its outline or run lengths are malformed or of another size than the image
 */
export function masksOf({ labels, segmentations }: GroundTruth, { width, height }: Size): (Rle | undefined)[] {
  return Array.from(labels, (_, i) => {
    const segmentation = segmentations?.[i];
    try {
      return segmentation && parseSegmentation(segmentation, height, width);
    } catch (error) {
      throw new Error(`mask of object ${i}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}
