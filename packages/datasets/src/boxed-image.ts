import { flipBoxes, flipImage, flipRle, resizeRle, scaleBoxes, type Boxes, type RgbImage, type Rle, type Size } from '@rcnn/geometry';
import { resizeImage } from './resize-image.ts';

/** An image, boxes in its pixels, and the masks that go with them, if any. */
export interface BoxedImage {
  readonly image: RgbImage;
  readonly boxes: Boxes; // [N, 4]
  /** Undefined for an object that has none. */
  readonly masks?: readonly (Rle | undefined)[]; // [N]
}

/** Image, boxes and masks resized together ({@link resizeImage}; masks by nearest neighbours). */
export function resizeBoxedImage({ image, boxes, masks }: BoxedImage, size: Size): BoxedImage {
  return {
    image: resizeImage(image, size),
    boxes: scaleBoxes(boxes, size.width / image.width, size.height / image.height),
    ...(masks && { masks: masks.map((mask) => mask && resizeRle(mask, size)) }),
  };
}

/** Image, boxes and masks mirrored left to right together. */
export function flipBoxedImage({ image, boxes, masks }: BoxedImage): BoxedImage {
  return {
    image: flipImage(image),
    boxes: flipBoxes(boxes, image.width),
    ...(masks && { masks: masks.map((mask) => mask && flipRle(mask)) }),
  };
}
