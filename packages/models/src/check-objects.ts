import type { RgbImage } from '@rcnn/geometry';
import type { Objects } from './objects.ts';

/**
 * Checks what a detector of so many classes is to learn from.
 * @throws RangeError naming image and object, counted from 0, if there are not objects for each image, a label for each box, or a label is none of 1…K
 */
export function checkObjects(images: readonly RgbImage[], objects: readonly Objects[], classes: number): void {
  if (objects.length !== images.length) throw new RangeError(`losses: expected the objects of ${images.length} images, got those of ${objects.length}`);
  objects.forEach(({ boxes, labels }, image) => {
    const count = boxes.length / 4;
    if (labels.length !== count) throw new RangeError(`losses: expected labels of ${count} objects of image ${image}, got ${labels.length}`);
    const odd = labels.findIndex((label) => label < 1 || label > classes);
    if (odd >= 0) throw new RangeError(`losses: expected labels 1…${classes}, got ${labels[odd]} of object ${odd} of image ${image}`);
  });
}
