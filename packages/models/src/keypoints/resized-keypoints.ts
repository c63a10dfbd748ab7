import { scaleKeypoints, type Keypoints, type Size } from '@rcnn/geometry';
import type { Objects } from '../objects.ts';

/**
 * Objects' keypoints [N, K, 3] as they lie in the resized images, image by image.
 * @throws RangeError if there are not K keypoints an object
 */
export function resizedKeypoints(images: readonly Size[], objects: readonly Objects[], sizes: readonly Size[], count: number): Keypoints[] {
  return objects.map(({ boxes, keypoints }, i) => {
    const expected = (boxes.length / 4) * count;
    if (keypoints?.length !== 3 * expected) {
      const got = keypoints === undefined ? 'none' : String(keypoints.length / 3);
      throw new RangeError(`keypointRcnn: expected ${count} keypoints of each of ${boxes.length / 4} objects of image ${i}, ${expected} in all, got ${got}`);
    }
    return scaleKeypoints(keypoints, sizes[i].width / images[i].width, sizes[i].height / images[i].height);
  });
}
