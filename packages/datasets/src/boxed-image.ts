import { flipBoxes, scaleBoxes, type Boxes, type RgbImage, type Size } from '@rcnn/geometry';
import { flipImage } from './flip-image.ts';
import { resizeImage } from './resize-image.ts';

/** An image and boxes in its pixels. */
export interface BoxedImage {
  readonly image: RgbImage;
  readonly boxes: Boxes;
}

/** Image and boxes resized together ({@link resizeImage}). */
export function resizeBoxedImage({ image, boxes }: BoxedImage, size: Size): BoxedImage {
  return {
    image: resizeImage(image, size),
    boxes: scaleBoxes(boxes, size.width / image.width, size.height / image.height),
  };
}

/** Image and boxes mirrored left to right together. */
export function flipBoxedImage({ image, boxes }: BoxedImage): BoxedImage {
  return { image: flipImage(image), boxes: flipBoxes(boxes, image.width) };
}
