import { smallKeypointRcnn } from '@rcnn/models';
import { merge } from '../override.ts';
import type { RunConfig } from '../run-config.ts';
import type { System } from '../systems.ts';
import { backboneName, settingsFor } from './backbone-settings.ts';
import { inputSize } from './input-size.ts';

/** A Keypoint R-CNN of a size that trains on a CPU, for the keypoints of its dataset. @throws Error if that has none */
export const keypointRcnnDefaults: System['defaults'] = (dataset, { backbone, weights }) => {
  const { root, classes, keypointNames: names, skeleton } = dataset;
  if (names === undefined) throw new Error(`${root}: expected keypoints to learn, as in COCO's person_keypoints files, found none`);
  const fitting = settingsFor(weights);
  const model = { ...fitting, backbone: { name: backboneName(backbone), ...fitting.backbone } };
  return merge(smallKeypointRcnn(classes, { names, ...(skeleton && { skeleton }) }, inputSize(dataset)), model) as RunConfig['model'];
};
