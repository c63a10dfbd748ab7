import type { Rng } from '@rcnn/geometry';
import type { Detections } from '@rcnn/heads';
import { createParameters } from '@rcnn/nn';
import { boxBranch } from '../box-branch.ts';
import type { Detector } from '../detector.ts';
import type { FasterRcnnLoss } from '../faster-rcnn.ts';
import { onPyramid } from '../on-pyramid.ts';
import { pyramidTrunk } from '../pyramid-trunk.ts';
import type { KeypointRcnnConfig } from './config.ts';
import { keypointBranch } from './keypoint-branch.ts';
import { resizedKeypoints } from './resized-keypoints.ts';

/** The five losses: Faster R-CNN's four, and that of keypoints. */
export type KeypointRcnnLoss = FasterRcnnLoss | 'keypoint';

/** A Mask R-CNN for poses with its parameters. */
export interface KeypointRcnn extends Detector<KeypointRcnnLoss> {
  readonly config: KeypointRcnnConfig;
}

/**
 * Mask R-CNN for human poses (He et al. 2017, §5), with a feature pyramid, in torchvision's semantics: Faster R-CNN with a third branch,
 * which learns where the keypoints are of every sampled region that shows an object, and finds those of the detections that are left in
 * the end. Parameters carry torchvision's names: Faster R-CNN's and `roi_heads.keypoint_head.`, `roi_heads.keypoint_predictor.`.
 */
export function keypointRcnn(config: KeypointRcnnConfig, rng: Rng): KeypointRcnn {
  const root = createParameters(rng);
  const trunk = pyramidTrunk(root, config);
  const boxes = boxBranch(root.at('roi_heads'), config);
  const keypoints = keypointBranch(root.at('roi_heads'), config);
  return {
    config,
    parameters: root.all(),
    ...onPyramid(trunk, config, {
      losses: (features, learning, { images, objects }, sampling) => {
        const shown = resizedKeypoints(images, objects, features.sizes, config.keypoints.names.length);
        const samples = boxes.sample(learning, sampling);
        return { ...boxes.losses(features, samples), ...keypoints.losses(features, samples, shown) };
      },
      detect: async (features, proposals, onPart): Promise<Detections[]> => {
        const found = await boxes.detect(features, proposals, onPart);
        const poses = await keypoints.find(features, found);
        onPart?.('keypoints');
        return found.map((each, i) => ({ ...each, keypoints: poses[i].keypoints, keypointScores: poses[i].scores }));
      },
    }),
    dispose: root.dispose,
  };
}
