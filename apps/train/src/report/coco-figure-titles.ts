import type { CocoFigures, CocoKeypointFigures } from '@rcnn/eval';

/** The COCO figures in words. */
export const cocoFigureTitles: Readonly<Record<keyof CocoFigures, string>> = {
  AP: 'Average precision, IoU .5 to .95',
  AP50: 'Average precision, IoU .5',
  AP75: 'Average precision, IoU .75',
  APs: 'Average precision, small objects (to 32² pixels)',
  APm: 'Average precision, medium objects (to 96² pixels)',
  APl: 'Average precision, large objects',
  AR1: 'Average recall, 1 detection an image and class',
  AR10: 'Average recall, 10 detections',
  AR100: 'Average recall, 100 detections',
  ARs: 'Average recall, small objects',
  ARm: 'Average recall, medium objects',
  ARl: 'Average recall, large objects',
};

/** The COCO figures of keypoints in words. */
export const cocoKeypointFigureTitles: Readonly<Record<keyof CocoKeypointFigures, string>> = {
  AP: 'Average precision, keypoint similarity .5 to .95',
  AP50: 'Average precision, similarity .5',
  AP75: 'Average precision, similarity .75',
  APm: 'Average precision, medium objects (from 32² to 96² pixels)',
  APl: 'Average precision, large objects',
  AR: 'Average recall, 20 detections an image and class',
  AR50: 'Average recall, similarity .5',
  AR75: 'Average recall, similarity .75',
  ARm: 'Average recall, medium objects',
  ARl: 'Average recall, large objects',
};
