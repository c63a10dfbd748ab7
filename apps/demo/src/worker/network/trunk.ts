import * as tf from '@tensorflow/tfjs-core';
import { asBoxDeltas, createRng, type RgbImage, type Size } from '@rcnn/geometry';
import { createBackbone, featurePyramid, imageBatch, loadStateDict, type MaskRcnnConfig } from '@rcnn/models';
import { createParameters } from '@rcnn/nn';
import { propose, pyramidAnchors, rpnHead, type Proposals, type PyramidAnchors } from '@rcnn/rpn';
import type { StateDict } from '@rcnn/weights';

/** A model as it is opened: its configuration and its weights under torchvision's names. */
export interface OpenedModel {
  readonly config: MaskRcnnConfig;
  readonly weights: StateDict;
}

/** One image as the network takes it. */
export interface TrunkInput {
  readonly pixels: tf.Tensor4D;
  /** Extent of the input, padding included, and what the image was resized to. */
  readonly input: Size;
  readonly size: Size;
}

/** What the RPN says of every anchor, in numbers. */
export interface ReadPredictions {
  readonly objectness: Float32Array;
  readonly deltas: Float32Array;
}

/** The parts of a detector up to its proposals, each to be run by itself. Who gets tensors disposes them. */
export interface Trunk {
  readonly take: (image: RgbImage) => TrunkInput;
  /** Backbone and pyramid: the maps, finest first; the last one is the RPN's alone. */
  readonly maps: (pixels: tf.Tensor4D) => tf.Tensor4D[];
  /** The RPN's head on the maps. */
  readonly predict: (maps: readonly tf.Tensor4D[]) => Promise<ReadPredictions>;
  readonly anchors: (maps: readonly tf.Tensor4D[], input: Size) => PyramidAnchors;
  /** The proposals. */
  readonly propose: (read: ReadPredictions, anchors: PyramidAnchors, size: Size) => Proposals;
  /** What they are chosen from: the best anchors of each level, moved, none suppressed. */
  readonly candidates: (read: ReadPredictions, anchors: PyramidAnchors, size: Size) => Proposals;
  readonly dispose: () => void;
}

const pass = { training: false };

/** Composes the trunk of a model from the packages' parts, under the names that the model's weights have. */
export function createTrunk({ config, weights }: OpenedModel): Trunk {
  const { image, backbone, fpn, anchors, rpn } = config;
  const root = createParameters(createRng(0));
  const body = createBackbone(root.at('backbone').at('body'), backbone);
  const neck = featurePyramid(root.at('backbone').at('fpn'), { inChannels: body.channels, ...fpn });
  const perCell = anchors.sizes[0].length * anchors.ratios.length;
  const head = rpnHead(root.at('rpn').at('head'), { channels: fpn.channels, anchors: perCell, depth: rpn.depth, form: rpn.form });
  const shapes = anchors.sizes.map((sizes) => ({ sizes, ratios: anchors.ratios }));
  loadStateDict(root.all(), weights);
  return {
    take: (each) => {
      const { pixels, input, sizes } = imageBatch([each], image);
      return { pixels, input, size: sizes[0] };
    },
    maps: (pixels) => tf.tidy(() => neck(body.forward(pixels, pass), pass)),
    predict: async (maps) => {
      const said = head(maps);
      const read = { objectness: await said.objectness.data<'float32'>(), deltas: await said.deltas.data<'float32'>() };
      tf.dispose({ ...said });
      return read;
    },
    anchors: (maps, input) => pyramidAnchors(shapes, maps.map(({ shape }) => ({ width: shape[2], height: shape[1] })), input, { form: anchors.form }),
    propose: ({ objectness, deltas }, at, size) => propose(objectness, asBoxDeltas(deltas), at, size, { ...rpn, ...rpn.test }),
    candidates: ({ objectness, deltas }, at, size) => propose(objectness, asBoxDeltas(deltas), at, size, { ...rpn, ...rpn.test, nmsThreshold: 1, postNms: Infinity }),
    dispose: root.dispose,
  };
}
