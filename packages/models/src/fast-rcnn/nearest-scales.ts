import type { Boxes, Size } from '@rcnn/geometry';
import type { ImageConfig } from '../config.ts';
import { resizedSize } from '../image-batch.ts';

/**
 * Of each box the scale at which its area comes nearest to `canonicalSize` squared, as an index into the shorter sides
 * given (Fast R-CNN, §2.2 and §3.2, after SPPnet).
 */
export function nearestScales(
  boxes: Boxes,
  image: Size,
  minSizes: readonly number[],
  { maxSize }: Pick<ImageConfig, 'maxSize'>,
  { canonicalSize = 224 }: { canonicalSize?: number } = {},
): Uint8Array {
  const factors = minSizes.map((minSize) => {
    const size = resizedSize(image, { minSize, maxSize });
    return (size.width * size.height) / (image.width * image.height);
  });
  return Uint8Array.from({ length: boxes.length / 4 }, (_, i) => {
    const area = (boxes[4 * i + 2] - boxes[4 * i]) * (boxes[4 * i + 3] - boxes[4 * i + 1]);
    const distances = factors.map((factor) => Math.abs(area * factor - canonicalSize ** 2));
    return distances.indexOf(Math.min(...distances));
  });
}
