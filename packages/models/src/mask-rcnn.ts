import type { RgbImage, Rng } from '@rcnn/geometry';
import { pasteMasks, type Detections } from '@rcnn/heads';
import { createParameters } from '@rcnn/nn';
import { boxBranch } from './box-branch.ts';
import type { MaskRcnnConfig } from './config.ts';
import type { Detector } from './detector.ts';
import type { FasterRcnnLoss } from './faster-rcnn.ts';
import { maskBranch } from './mask-branch.ts';
import { onPyramid } from './on-pyramid.ts';
import { pyramidTrunk } from './pyramid-trunk.ts';
import { resizedMasks } from './resized-masks.ts';

/** The five losses: Faster R-CNN's four, and that of masks. */
export type MaskRcnnLoss = FasterRcnnLoss | 'mask';

/** Detected objects of an image with the masks as the head gives them. */
export interface SoftDetections extends Omit<Detections, 'masks'> {
  /** The probability that a part of a box belongs to its object: [R, m, m], row-major. */
  readonly probabilities: Float32Array;
}

/** A Mask R-CNN with its parameters. */
export interface MaskRcnn extends Detector<MaskRcnnLoss> {
  readonly config: MaskRcnnConfig;
  /** What `detect` finds, before the masks are laid into the images. */
  readonly detectSoft: (images: readonly RgbImage[]) => Promise<SoftDetections[]>;
}

/**
 * Mask R-CNN with a feature pyramid in torchvision's semantics (He et al. 2017): Faster R-CNN with a third branch, which learns a
 * mask of every sampled region that shows an object, beside classes and boxes, and which draws masks of the detections that are
 * left in the end. Parameters carry torchvision's names: Faster R-CNN's and `roi_heads.mask_head.`, `roi_heads.mask_predictor.`.
 */
export function maskRcnn(config: MaskRcnnConfig, rng: Rng): MaskRcnn {
  const root = createParameters(rng);
  const trunk = pyramidTrunk(root, config);
  const boxes = boxBranch(root.at('roi_heads'), config);
  const masks = maskBranch(root.at('roi_heads'), config);
  const soft = onPyramid(trunk, config, {
    losses: (features, learning, { images, objects }, sampling) => {
      const samples = boxes.sample(learning, sampling);
      const maskOf = resizedMasks(images, objects, features.sizes);
      return { ...boxes.losses(features, samples), ...masks.losses(features, samples, maskOf) };
    },
    detect: async (features, proposals, onPart): Promise<SoftDetections[]> => {
      const found = await boxes.detect(features, proposals, onPart);
      const probabilities = await masks.probabilities(features, found);
      return found.map((each, i) => ({ ...each, probabilities: probabilities[i] }));
    },
  });
  return {
    config,
    parameters: root.all(),
    losses: soft.losses,
    detectSoft: (images) => soft.detect(images),
    detect: async (images, proposals, options = {}) => {
      const found = await soft.detect(images, proposals, options);
      const pasted = found.map(({ probabilities, ...each }, i) => ({ ...each, masks: pasteMasks(probabilities, each.boxes, images[i], config.mask) }));
      options.onPart?.('masks');
      return pasted;
    },
    dispose: root.dispose,
  };
}
