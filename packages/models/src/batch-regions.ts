import { concatBoxes, type Boxes } from '@rcnn/geometry';
import type { Regions } from '@rcnn/heads';

/** The regions of a batch's images as one list. */
export function batchRegions(perImage: readonly Boxes[]): Regions {
  return {
    boxes: concatBoxes(perImage),
    images: Int32Array.from(perImage.flatMap((boxes, image) => Array<number>(boxes.length / 4).fill(image))),
  };
}
