import { boxCount, type Boxes } from '@rcnn/geometry';
import type * as tf from '@tensorflow/tfjs-core';

/**
 * Checks what RoIAlign, RoIPool and RoIWarp share.
 * @throws RangeError if the features are not float32 of shape [N,H,W,C] with H, W, C > 0, there is not one image index a box,
 *   an index is outside 0 … N − 1, or `spatialScale` is not positive
 */
export function checkRois(caller: string, features: tf.Tensor4D, boxes: Boxes, images: Int32Array, spatialScale: number): void {
  const { shape, dtype } = features;
  if (shape.length !== 4 || dtype !== 'float32' || shape[1] * shape[2] * shape[3] === 0) {
    throw new RangeError(`${caller}: expected float32 features [N,H,W,C], none but N 0, got ${dtype} [${shape.join(',')}]`);
  }
  if (images.length !== boxCount(boxes)) {
    throw new RangeError(`${caller}: expected an image index for each of ${boxCount(boxes)} boxes, got ${images.length}`);
  }
  const wrong = images.findIndex((image) => !(image >= 0 && image < shape[0]));
  if (wrong >= 0) {
    throw new RangeError(`${caller}: expected image indices in 0 … ${shape[0] - 1}, got ${images[wrong]} for box ${wrong}`);
  }
  if (!(spatialScale > 0 && spatialScale < Infinity)) {
    throw new RangeError(`${caller}: expected a positive spatialScale, got ${spatialScale}`);
  }
}
