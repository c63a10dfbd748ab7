import { pasteMaskRle, type Boxes, type Rle, type Size } from '@rcnn/geometry';

/**
 * The masks of an image's detections: each one's m × m probabilities resized to its box and cut at a threshold (He et al. 2017,
 * §3.1).
 * @param probabilities [R, m, m], row-major
 * @param boxes R boxes in the image's pixels
 * @throws RangeError if the probabilities are not R squares
 */
export function pasteMasks(probabilities: Float32Array, boxes: Boxes, { width, height }: Size, { threshold = 0.5 }: { readonly threshold?: number } = {}): Rle[] {
  const count = boxes.length / 4;
  const pixels = count === 0 ? 0 : probabilities.length / count;
  return Array.from({ length: count }, (_, i) =>
    pasteMaskRle(probabilities.subarray(i * pixels, (i + 1) * pixels), boxes.subarray(4 * i, 4 * i + 4), height, width, { threshold }),
  );
}
