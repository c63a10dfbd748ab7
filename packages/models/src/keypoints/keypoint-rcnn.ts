import * as tf from '@tensorflow/tfjs-core';
import { scaleKeypoints, type Rng } from '@rcnn/geometry';
import { sampleRegions } from '@rcnn/heads';
import { createParameters } from '@rcnn/nn';
import { boxBranch } from '../box-branch.ts';
import type { Detector } from '../detector.ts';
import { drawMinSizes } from '../draw-min-sizes.ts';
import type { FasterRcnnLoss } from '../faster-rcnn.ts';
import { featuresEnd } from '../features-end.ts';
import { disposeFeatures, pyramidTrunk } from '../pyramid-trunk.ts';
import { resizedBoxes } from '../resized-boxes.ts';
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
    losses: (images, objects, sampling) =>
      tf.tidy(() => {
        const features = trunk.features(images, { training: true }, drawMinSizes(images.length, config.image, sampling));
        const shown = resizedKeypoints(images, objects, features.sizes, config.keypoints.names.length);
        const learning = trunk.learn(features, images, objects, sampling);
        const samples = learning.proposals.map((proposals, i) =>
          sampleRegions(proposals, learning.objects[i], sampling, { ...config.box, count: config.box.samples }),
        );
        return { ...learning.losses, ...boxes.losses(features, samples), ...keypoints.losses(features, samples, shown) };
      }),
    detect: async (images, _proposals, { onPart } = {}) => {
      const features = trunk.features(images, { training: false });
      await featuresEnd(Object.values(features.predictions), onPart);
      const proposals = await trunk.propose(features);
      onPart?.('proposals');
      const found = await boxes.detect(features, proposals);
      onPart?.('boxes');
      const poses = await keypoints.find(features, found);
      disposeFeatures(features);
      onPart?.('keypoints');
      return found.map((each, i) => {
        const { width, height } = features.sizes[i];
        return {
          ...each,
          boxes: resizedBoxes(each.boxes, features.sizes[i], images[i]),
          keypoints: scaleKeypoints(poses[i].keypoints, images[i].width / width, images[i].height / height),
          keypointScores: poses[i].scores,
        };
      });
    },
    dispose: root.dispose,
  };
}
