import * as tf from '@tensorflow/tfjs-core';
import { asBoxDeltas, type Boxes, type RgbImage, type Rng, type Size } from '@rcnn/geometry';
import type { Parameters, Pass } from '@rcnn/nn';
import { propose, pyramidAnchors, rpnHead, rpnLoss, rpnTargets, type PyramidAnchors, type RpnPredictions } from '@rcnn/rpn';
import { createBackbone } from './backbone.ts';
import type { FasterRcnnConfig } from './config.ts';
import type { Losses } from './detector.ts';
import { featurePyramid } from './feature-pyramid.ts';
import { imageBatch } from './image-batch.ts';
import type { Objects } from './objects.ts';
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
  /** Extent of the input, padding included, and what each image was resized to. */
  readonly input: Size;
  readonly sizes: readonly Size[];
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
  readonly features: (images: readonly RgbImage[], pass: Pass) => TrunkFeatures;
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
  const { sizes, ratios } = anchors;
  const body = createBackbone(root.at('backbone').at('body'), backbone);
  const neck = featurePyramid(root.at('backbone').at('fpn'), { inChannels: body.channels, ...fpn });
  const head = rpnHead(root.at('rpn').at('head'), { channels: fpn.channels, anchors: sizes[0].length * ratios.length, depth: rpn.depth });

  const anchorsOf = ({ grids, input }: TrunkFeatures): PyramidAnchors =>
    pyramidAnchors(sizes.map((levelSizes) => ({ sizes: levelSizes, ratios })), grids, input);

  /** The proposals of each image, the `preNms` and `postNms` best as `top` says. */
  const proposalsOf = (read: ReadPredictions, anchors: PyramidAnchors, imageSizes: readonly Size[], top: { preNms: number; postNms: number }): Boxes[] => {
    const count = anchors.boxes.length / 4;
    return imageSizes.map((size, i) => {
      const objectness = read.objectness.subarray(i * count, (i + 1) * count);
      const deltas = asBoxDeltas(read.deltas.subarray(4 * i * count, 4 * (i + 1) * count));
      return propose(objectness, deltas, anchors, size, { ...rpn, ...top }).boxes;
    });
  };

  return {
    features: (images, pass) => {
      const { pixels, ...extents } = imageBatch(images, image);
      const { levels, predictions } = tf.tidy(() => {
        const maps = neck(body.forward(pixels, pass), pass);
        return { levels: maps, predictions: { ...head(maps) } };
      });
      pixels.dispose();
      const grids = levels.map(({ shape: [, height, width] }) => ({ width, height }));
      return { ...extents, grids, pyramid: levels.slice(0, -1), coarsest: levels[levels.length - 1], predictions };
    },
    learn: (features, images, objects, rng) => {
      const { predictions, sizes: imageSizes } = features;
      const anchors = anchorsOf(features);
      const read = { objectness: predictions.objectness.dataSync<'float32'>(), deltas: predictions.deltas.dataSync<'float32'>() };
      if (![read.objectness, read.deltas].every((values) => values.every(Number.isFinite))) {
        throw new Error('training: the predictions of the region proposal network are not finite; a lower learning rate may help');
      }
      const scaled = objects.map(({ boxes, labels }, i) => ({ boxes: resizedBoxes(boxes, images[i], imageSizes[i]), labels }));
      const targets = scaled.map(({ boxes }) => rpnTargets(boxes, anchors.boxes, rng, { ...rpn, count: rpn.samples }));
      const { objectness, box } = rpnLoss(predictions, targets, { beta: rpn.beta });
      return { losses: { objectness, rpnBox: box }, proposals: proposalsOf(read, anchors, imageSizes, rpn.train), objects: scaled };
    },
    propose: async (features) => {
      const { objectness, deltas } = features.predictions;
      const read = { objectness: await objectness.data<'float32'>(), deltas: await deltas.data<'float32'>() };
      return proposalsOf(read, anchorsOf(features), features.sizes, rpn.test);
    },
  };
}

/** The RPN's predictions in numbers. */
interface ReadPredictions {
  readonly objectness: Float32Array;
  readonly deltas: Float32Array;
}
