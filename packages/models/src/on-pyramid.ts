import * as tf from '@tensorflow/tfjs-core';
import type { Boxes, Rng } from '@rcnn/geometry';
import type { Detections } from '@rcnn/heads';
import { checkObjects } from './check-objects.ts';
import type { FasterRcnnConfig } from './config.ts';
import type { DetectOptions, Detector, Losses } from './detector.ts';
import { drawMinSizes } from './draw-min-sizes.ts';
import { featuresEnd } from './features-end.ts';
import { disposeFeatures, type PyramidTrunk, type TrunkFeatures, type TrunkLearning } from './pyramid-trunk.ts';
import { resizedDetections } from './resized-detections.ts';
import type { TrainingBatch } from './training-step.ts';

/** What a detector has above the proposals: one branch, or several of which each knows what the one before found. */
export interface Branches<Name extends string, Found> {
  /** Their losses; what is sampled is drawn from `rng`. May read predictions synchronously. */
  readonly losses: (features: TrunkFeatures, learning: TrunkLearning, batch: TrainingBatch, rng: Rng) => Losses<Name>;
  /** What is among each image's proposals, in input pixels; calls `onPart` at the end of each branch. */
  readonly detect: (features: TrunkFeatures, proposals: readonly Boxes[], onPart: DetectOptions['onPart']) => Promise<Found[]>;
}

/** The two ends of a detector on a {@link PyramidTrunk}. */
export interface OnPyramid<Name extends string, Found> {
  readonly losses: (...batch: Parameters<Detector['losses']>) => Losses<'objectness' | 'rpnBox'> & Losses<Name>;
  readonly detect: (...images: Parameters<Detector['detect']>) => Promise<Found[]>;
}

/** A detector of a trunk and branches on its features and proposals: the losses of both, and what is found in the images' own pixels. */
export function onPyramid<Name extends string, Found extends Pick<Detections, 'boxes' | 'keypoints'>>(
  trunk: PyramidTrunk, { image, classes }: Pick<FasterRcnnConfig, 'image' | 'classes'>, branches: Branches<Name, Found>,
): OnPyramid<Name, Found> {
  return {
    losses: (images, objects, rng) =>
      tf.tidy(() => {
        checkObjects(images, objects, classes.length);
        const features = trunk.features(images, { training: true }, drawMinSizes(images.length, image, rng));
        const learning = trunk.learn(features, images, objects, rng);
        return { ...learning.losses, ...branches.losses(features, learning, { images, objects }, rng) };
      }),
    detect: async (images, _proposals, { onPart } = {}) => {
      const features = trunk.features(images, { training: false });
      try {
        await featuresEnd(Object.values(features.predictions), onPart);
        const proposals = await trunk.propose(features);
        onPart?.('proposals');
        const found = await branches.detect(features, proposals, onPart);
        return found.map((each, i) => resizedDetections(each, features.sizes[i], images[i]));
      } finally {
        disposeFeatures(features);
      }
    },
  };
}
