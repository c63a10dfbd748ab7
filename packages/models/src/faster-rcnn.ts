import type { Rng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import { boxBranch } from './box-branch.ts';
import type { FasterRcnnConfig } from './config.ts';
import type { Detector } from './detector.ts';
import { onPyramid } from './on-pyramid.ts';
import { pyramidTrunk } from './pyramid-trunk.ts';

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
    ...onPyramid(trunk, config, {
      losses: (features, learning, _batch, sampling) => boxes.losses(features, boxes.sample(learning, sampling)),
      detect: boxes.detect,
    }),
    dispose: root.dispose,
  };
}
