import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import type { Detector } from '../detector.ts';
import { drawMinSizes } from '../draw-min-sizes.ts';
import { featuresEnd } from '../features-end.ts';
import { disposeFeatures, pyramidTrunk } from '../pyramid-trunk.ts';
import { resizedBoxes } from '../resized-boxes.ts';
import { cascadeBranch } from './cascade-branch.ts';
import type { CascadeRcnnConfig } from './config.ts';

/** A Cascade R-CNN with its parameters; losses `objectness`, `rpnBox`, and of each stage `classification1`, `box1`, …. */
export interface CascadeRcnn extends Detector {
  readonly config: CascadeRcnnConfig;
}

/**
 * Cascade R-CNN (Cai & Vasconcelos 2018, §4): the trunk of Faster R-CNN with a pyramid, and several box heads, each trained on the
 * boxes of the one before at a higher IoU; in test each refines them once more, and their class scores are averaged. Parameters
 * `backbone.body.`, `backbone.fpn.`, `rpn.head.`, `roi_heads.box_head.I.`, `roi_heads.box_predictor.I.`.
 */
export function cascadeRcnn(config: CascadeRcnnConfig, rng: Rng): CascadeRcnn {
  const root = createParameters(rng);
  const trunk = pyramidTrunk(root, config);
  const cascade = cascadeBranch(root.at('roi_heads'), config);
  return {
    config,
    parameters: root.all(),
    losses: (images, objects, sampling) =>
      tf.tidy(() => {
        const features = trunk.features(images, { training: true }, drawMinSizes(images.length, config.image, sampling));
        const learning = trunk.learn(features, images, objects, sampling);
        return { ...learning.losses, ...cascade.losses(features, learning.proposals, learning.objects, sampling) };
      }),
    detect: async (images, _proposals, { onPart } = {}) => {
      const features = trunk.features(images, { training: false });
      await featuresEnd(Object.values(features.predictions), onPart);
      const proposals = await trunk.propose(features);
      onPart?.('proposals');
      const found = await cascade.detect(features, proposals);
      onPart?.('boxes');
      disposeFeatures(features);
      return found.map((each, i) => ({ ...each, boxes: resizedBoxes(each.boxes, features.sizes[i], images[i]) }));
    },
    dispose: root.dispose,
  };
}
