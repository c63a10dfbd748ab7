import type { Boxes, Rle } from '@rcnn/geometry';
import { cropMasks } from './crop-masks.ts';

/**
 * What the mask head is to say of each region, as Detectron2 has it: the region's object's mask under RoIAlign with pixel centres
 * at halves, cut at one half to zeros and ones; [R, m, m], row-major.
 * @param masks the mask of each region's object, of the input's size
 * @param boxes the regions in input pixels
 * @throws RangeError if there is not one mask a region
 */
export function binaryMaskTargets(masks: readonly Rle[], boxes: Boxes, { maskSize = 28 }: { readonly maskSize?: number } = {}): Float32Array {
  return cropMasks('binaryMaskTargets', masks, boxes, maskSize, true).map((value) => (value >= 0.5 ? 1 : 0));
}
