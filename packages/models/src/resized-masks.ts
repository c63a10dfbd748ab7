import { resizeRle, type RgbImage, type Rle, type Size } from '@rcnn/geometry';
import type { Objects } from './objects.ts';

/**
 * Objects' masks as they lie in the resized images, each resized when it is first asked for.
 * @throws RangeError if an object has no place for a mask, or a mask is not of its image's size
 */
export function resizedMasks(images: readonly RgbImage[], objects: readonly Objects[], sizes: readonly Size[]): (image: number, object: number) => Rle | undefined {
  objects.forEach(({ boxes, masks }, i) => {
    if (masks?.length !== boxes.length / 4) {
      throw new RangeError(`maskRcnn: expected a mask for each of ${boxes.length / 4} objects of image ${i}, got ${masks?.length ?? 'none'}`);
    }
    const { width, height } = images[i];
    const odd = masks.find((rle) => rle !== undefined && (rle.width !== width || rle.height !== height));
    if (odd !== undefined) {
      throw new RangeError(`maskRcnn: expected masks of the size of image ${i}, ${height} × ${width}, got one of ${odd.height} × ${odd.width}`);
    }
  });
  const resized = objects.map(() => new Map<Rle, Rle>()); // an image may be in a batch twice, in two sizes
  return (image, object) => {
    const rle = objects[image].masks?.[object];
    if (rle === undefined) return undefined;
    const known = resized[image].get(rle) ?? resizeRle(rle, sizes[image]);
    resized[image].set(rle, known);
    return known;
  };
}
