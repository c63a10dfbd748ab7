import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '@rcnn/geometry';
import { sampleRegions } from '@rcnn/heads';
import { createParameters } from '@rcnn/nn';
import { boxBranch } from './box-branch.ts';
import type { FasterRcnnConfig } from './config.ts';
import type { Detector } from './detector.ts';
import { drawMinSizes } from './draw-min-sizes.ts';
import { featuresEnd } from './features-end.ts';
import { disposeFeatures, pyramidTrunk } from './pyramid-trunk.ts';
import { resizedBoxes } from './resized-boxes.ts';

/** The four losses of approximate joint training. */
export type FasterRcnnLoss = 'objectness' | 'rpnBox' | 'classification' | 'box';

/** A Faster R-CNN with its parameters. */
export interface FasterRcnn extends Detector<FasterRcnnLoss> {
  readonly config: FasterRcnnConfig;
}

/**
 * Faster R-CNN with a feature pyramid in torchvision's semantics (Ren et al. 2015; Lin et al. 2017), trained by
 * approximate joint training (Faster R-CNN, §3.2): no gradient flows through the proposals' coordinates. Parameters
 * carry torchvision's names, `backbone.body.`, `backbone.fpn.`, `rpn.head.`, `roi_heads.`.
 */
export function fasterRcnn(config: FasterRcnnConfig, rng: Rng): FasterRcnn {
  const root = createParameters(rng);
  const trunk = pyramidTrunk(root, config);
  const boxes = boxBranch(root.at('roi_heads'), config);
  return {
    config,
    parameters: root.all(),
    losses: (images, objects, sampling) =>
      tf.tidy(() => {
        const features = trunk.features(images, { training: true }, drawMinSizes(images.length, config.image, sampling));
        const learning = trunk.learn(features, images, objects, sampling);
        const samples = learning.proposals.map((proposals, i) =>
          sampleRegions(proposals, learning.objects[i], sampling, { ...config.box, count: config.box.samples }),
        );
        return { ...learning.losses, ...boxes.losses(features, samples) };
      }),
    detect: async (images, _proposals, { onPart } = {}) => {
      const features = trunk.features(images, { training: false });
      await featuresEnd(Object.values(features.predictions), onPart);
      const proposals = await trunk.propose(features);
      onPart?.('proposals');
      const found = await boxes.detect(features, proposals);
      onPart?.('boxes');
      disposeFeatures(features);
      return found.map((each, i) => ({ ...each, boxes: resizedBoxes(each.boxes, features.sizes[i], images[i]) }));
    },
    dispose: root.dispose,
  };
}
