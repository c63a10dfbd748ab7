import type { Boxes, Rle } from '@rcnn/geometry';
import { cropMasks } from './crop-masks.ts';

/**
 * What the mask head is to say of each region, as torchvision has it: the region's object's mask under RoIAlign, as many samples
 * as there are pixels, the means not cut at a threshold; [R, m, m], row-major.
 * @param masks the mask of each region's object, of the input's size
 * @param boxes the regions in input pixels
 * @throws RangeError if there is not one mask a region
 */
export function softMaskTargets(masks: readonly Rle[], boxes: Boxes, { maskSize = 28 }: { readonly maskSize?: number } = {}): Float32Array {
  return cropMasks('softMaskTargets', masks, boxes, maskSize, false);
}
