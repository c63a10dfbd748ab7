import type { Dataset } from '@rcnn/datasets';
import type { DetectorConfig, KeypointNames } from '@rcnn/models';

/** The keypoints that a model finds, if it finds any. */
export function keypointNamesOf(model: DetectorConfig): KeypointNames | undefined {
  return model.model === 'keypoint-rcnn' ? model.keypoints : undefined;
}

/** The keypoints that a model finds, if any. @throws Error if a dataset has others, or none */
export function sharedKeypointNames(model: DetectorConfig, { root, keypointNames = [] }: Pick<Dataset, 'root' | 'keypointNames'>): KeypointNames | undefined {
  const keypoints = keypointNamesOf(model);
  if (keypoints !== undefined && keypoints.names.join() !== keypointNames.join()) {
    throw new Error(`${root}: the run knows the keypoints ${keypoints.names.join(', ')}, the dataset has ${keypointNames.join(', ') || 'none'}`);
  }
  return keypoints;
}
