import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage, Rng } from '@rcnn/geometry';
import { pasteMasks, sampleRegions, type Detections } from '@rcnn/heads';
import { createParameters } from '@rcnn/nn';
import { boxBranch } from './box-branch.ts';
import type { MaskRcnnConfig } from './config.ts';
import type { Detector, DetectOptions } from './detector.ts';
import { drawMinSizes } from './draw-min-sizes.ts';
import type { FasterRcnnLoss } from './faster-rcnn.ts';
import { maskBranch } from './mask-branch.ts';
import { featuresEnd } from './features-end.ts';
import { disposeFeatures, pyramidTrunk } from './pyramid-trunk.ts';
import { resizedBoxes } from './resized-boxes.ts';
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

  const soft = async (images: readonly RgbImage[], { onPart }: DetectOptions = {}): Promise<SoftDetections[]> => {
    const features = trunk.features(images, { training: false });
    await featuresEnd(Object.values(features.predictions), onPart);
    const proposals = await trunk.propose(features);
    onPart?.('proposals');
    const found = await boxes.detect(features, proposals);
    onPart?.('boxes');
    const probabilities = await masks.probabilities(features, found);
    disposeFeatures(features);
    return found.map((each, i) => ({ ...each, boxes: resizedBoxes(each.boxes, features.sizes[i], images[i]), probabilities: probabilities[i] }));
  };

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
        const maskOf = resizedMasks(images, objects, features.sizes);
        return { ...learning.losses, ...boxes.losses(features, samples), ...masks.losses(features, samples, maskOf) };
      }),
    detectSoft: (images) => soft(images),
    detect: async (images, _proposals, options = {}) => {
      const found = await soft(images, options);
      const pasted = found.map(({ probabilities, ...each }, i) => ({ ...each, masks: pasteMasks(probabilities, each.boxes, images[i], config.mask) }));
      options.onPart?.('masks');
      return pasted;
    },
    dispose: root.dispose,
  };
}
