import type { Rng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import type { Detector } from '../detector.ts';
import { onPyramid } from '../on-pyramid.ts';
import { pyramidTrunk } from '../pyramid-trunk.ts';
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
  return { config, parameters: root.all(), ...onPyramid(trunk, config, cascade), dispose: root.dispose };
}
