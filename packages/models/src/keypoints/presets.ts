import { cocoKeypoints } from '../names/coco-keypoints.ts';
import { smallFasterRcnn, torchvisionFasterRcnnResnet50Fpn } from '../presets.ts';
import type { KeypointNames, KeypointRcnnConfig } from './config.ts';

/**
 * `keypointrcnn_resnet50_fpn` of torchvision, number by number, for the classes 1…K, by default COCO's person. As in He et al. 2017, §5:
 * ResNet-50 with a pyramid, images of 640 to 800 pixels in training and of 800 in test, regions of 14 × 14, heat maps of 56 × 56.
 * Its released weights learnt for 46 epochs at a rate of .02 for 16 images, a tenth of that after 36 and again after 43.
 */
export function torchvisionKeypointRcnnResnet50Fpn(classes: readonly string[] = ['person'], keypoints: KeypointNames = cocoKeypoints): KeypointRcnnConfig {
  const standard = torchvisionFasterRcnnResnet50Fpn(classes);
  return {
    ...standard,
    model: 'keypoint-rcnn',
    image: { ...standard.image, trainSizes: [640, 672, 704, 736, 768, 800] },
    keypoints: { ...keypoints, resolution: 14, layers: 8, hidden: 512 },
  };
}

/**
 * The same for images of a few hundred pixels and for training on a CPU: {@link smallFasterRcnn} with four convolutions of 64 channels
 * before the deconvolution.
 */
export function smallKeypointRcnn(classes: readonly string[], keypoints: KeypointNames, input: { minSize?: number; maxSize?: number } = {}): KeypointRcnnConfig {
  return { ...smallFasterRcnn(classes, input), model: 'keypoint-rcnn', keypoints: { ...keypoints, resolution: 14, layers: 4, hidden: 64 } };
}
