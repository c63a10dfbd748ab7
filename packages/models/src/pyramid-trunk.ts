import * as tf from '@tensorflow/tfjs-core';
import type { Boxes, RgbImage, Rng, Size } from '@rcnn/geometry';
import type { Parameters, Pass } from '@rcnn/nn';
import type { RpnPredictions } from '@rcnn/rpn';
import { createBackbone } from './backbone.ts';
import type { FasterRcnnConfig } from './config.ts';
import type { Losses } from './detector.ts';
import { featurePyramid } from './feature-pyramid.ts';
import { imageBatch } from './image-batch.ts';
import type { Objects } from './objects.ts';
import { proposalNetwork } from './proposal-network.ts';
import { resizedBoxes } from './resized-boxes.ts';

/** What the trunk computes of a batch. The caller disposes the tensors. */
export interface TrunkFeatures {
  /** The maps that regions are pooled from, finest first. */
  readonly pyramid: readonly tf.Tensor4D[];
  /** The level that only the RPN uses. */
  readonly coarsest: tf.Tensor4D;
  readonly predictions: RpnPredictions;
  /** Where the anchors stand. */
  readonly grids: readonly Size[];
  /** Extent of the input, padding included, what each image was resized to, and by which scale. */
  readonly input: Size;
  readonly sizes: readonly Size[];
  readonly scales: readonly number[];
}

/** Frees what the trunk computed. */
export function disposeFeatures({ pyramid, coarsest, predictions }: TrunkFeatures): void {
  tf.dispose([...pyramid, coarsest, { ...predictions }]);
}

/** What a batch's learning goes on with after the region proposal network. */
export interface TrunkLearning {
  readonly losses: Losses<'objectness' | 'rpnBox'>;
  /** Proposals of each image in input pixels, and its objects' boxes there. */
  readonly proposals: readonly Boxes[];
  readonly objects: readonly { readonly boxes: Boxes; readonly labels: Int32Array }[];
}

/** Backbone, feature pyramid and region proposal network: the part that Faster and Mask R-CNN have in common. */
export interface PyramidTrunk {
  /** The maps of images, of these shorter sides or else of the configuration's. */
  readonly features: (images: readonly RgbImage[], pass: Pass, minSizes?: readonly number[]) => TrunkFeatures;
  /**
   * The RPN's losses and its proposals for training; reads predictions synchronously.
   * @throws Error if the predictions are not finite
   */
  readonly learn: (features: TrunkFeatures, images: readonly RgbImage[], objects: readonly Objects[], rng: Rng) => TrunkLearning;
  /** The proposals of each image in input pixels. */
  readonly propose: (features: TrunkFeatures) => Promise<Boxes[]>;
}

/** The configuration that a {@link PyramidTrunk} reads. */
export type TrunkConfig = Pick<FasterRcnnConfig, 'image' | 'backbone' | 'fpn' | 'anchors' | 'rpn'>;

/** The trunk of a configuration; parameters `backbone.body.`, `backbone.fpn.`, `rpn.head.`. */
export function pyramidTrunk(root: Parameters, { image, backbone, fpn, anchors, rpn }: TrunkConfig): PyramidTrunk {
  const body = createBackbone(root.at('backbone').at('body'), backbone);
  const neck = featurePyramid(root.at('backbone').at('fpn'), { inChannels: body.channels, ...fpn });
  const network = proposalNetwork(root.at('rpn').at('head'), { channels: fpn.channels, anchors, rpn });
  return {
    features: (images, pass, minSizes) => {
      const { pixels, ...extents } = imageBatch(images, image, { minSizes });
      const { levels, predictions } = tf.tidy(() => {
        const maps = neck(body.forward(pixels, pass), pass);
        return { levels: maps, predictions: { ...network.predict(maps) } };
      });
      pixels.dispose();
      const grids = levels.map(({ shape: [, height, width] }) => ({ width, height }));
      return { ...extents, grids, pyramid: levels.slice(0, -1), coarsest: levels[levels.length - 1], predictions };
    },
    learn: (features, images, objects, rng) => {
      const scaled = objects.map(({ boxes, labels }, i) => ({ boxes: resizedBoxes(boxes, images[i], features.sizes[i]), labels }));
      return { ...network.learn(features.predictions, features, scaled, rng), objects: scaled };
    },
    propose: async (features) => (await network.propose(features.predictions, features)).map(({ boxes }) => boxes),
  };
}
