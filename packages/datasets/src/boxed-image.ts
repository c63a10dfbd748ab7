import {
  flipBoxes, flipImage, flipKeypoints, flipRle, resizeRle, scaleBoxes, scaleKeypoints, type Boxes, type Keypoints, type RgbImage, type Rle, type Size,
} from '@rcnn/geometry';
import { resizeImage } from './resize-image.ts';

/** An image, boxes in its pixels, and the masks and keypoints that go with them, if any. */
export interface BoxedImage {
  readonly image: RgbImage;
  readonly boxes: Boxes; // [N, 4]
  /** Undefined for an object that has none. */
  readonly masks?: readonly (Rle | undefined)[]; // [N]
  readonly keypoints?: Keypoints; // [N, K, 3]
}

/** Image, boxes, masks and keypoints resized together ({@link resizeImage}; masks by nearest neighbours). */
export function resizeBoxedImage({ image, boxes, masks, keypoints }: BoxedImage, size: Size): BoxedImage {
  const [sx, sy] = [size.width / image.width, size.height / image.height];
  return {
    image: resizeImage(image, size),
    boxes: scaleBoxes(boxes, sx, sy),
    ...(masks && { masks: masks.map((mask) => mask && resizeRle(mask, size)) }),
    ...(keypoints && { keypoints: scaleKeypoints(keypoints, sx, sy) }),
  };
}

/**
 * Image, boxes, masks and keypoints mirrored left to right together.
 * With keypoints it is told for each which one takes its place, as `mirroredKeypoints` of `@rcnn/geometry` tells from their names.
 * @throws RangeError if there are keypoints and it is not told what becomes of them
 */
export function flipBoxedImage(
  { image, boxes, masks, keypoints }: BoxedImage,
  { mirrored }: { readonly mirrored?: ArrayLike<number> | undefined } = {},
): BoxedImage {
  if (keypoints && mirrored === undefined) {
    throw new RangeError('flipBoxedImage: expected which keypoints change places in the mirror, got none');
  }
  return {
    image: flipImage(image),
    boxes: flipBoxes(boxes, image.width),
    ...(masks && { masks: masks.map((mask) => mask && flipRle(mask)) }),
    ...(keypoints && mirrored && { keypoints: flipKeypoints(keypoints, image.width, mirrored) }),
  };
}
