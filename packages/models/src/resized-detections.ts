import { scaleKeypoints, type Size } from '@rcnn/geometry';
import type { Detections } from '@rcnn/heads';
import { resizedBoxes } from './resized-boxes.ts';

/** What was found in an image, boxes and keypoints where they lie after it is resized. */
export function resizedDetections<Found extends Pick<Detections, 'boxes' | 'keypoints'>>(found: Found, from: Size, to: Size): Found {
  const { boxes, keypoints } = found;
  return {
    ...found,
    boxes: resizedBoxes(boxes, from, to),
    ...(keypoints && { keypoints: scaleKeypoints(keypoints, to.width / from.width, to.height / from.height) }),
  };
}
