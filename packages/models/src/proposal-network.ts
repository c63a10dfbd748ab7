import type * as tf from '@tensorflow/tfjs-core';
import { asBoxDeltas, type Boxes, type Rng, type Size } from '@rcnn/geometry';
import type { Parameters } from '@rcnn/nn';
import { propose, pyramidAnchors, rpnHead, rpnLoss, rpnTargets, type Proposals, type PyramidAnchors, type RpnPredictions } from '@rcnn/rpn';
import type { AnchorsConfig, RpnConfig } from './config.ts';
import type { Losses } from './detector.ts';

/** Where anchors stand: the maps' extents, the input's with its padding, and what each image was resized to, and by which scale. */
export interface Extents {
  readonly grids: readonly Size[];
  readonly input: Size;
  readonly sizes: readonly Size[];
  readonly scales: readonly number[];
}

/** A region proposal network over one map or a pyramid of them. */
export interface ProposalNetwork {
  readonly predict: (maps: readonly tf.Tensor4D[]) => RpnPredictions;
  /**
   * Its losses, for objects in input pixels, and its proposals for training; reads predictions synchronously.
   * @throws Error if the predictions are not finite
   */
  readonly learn: (
    predictions: RpnPredictions, extents: Extents, objects: readonly { readonly boxes: Boxes }[], rng: Rng,
  ) => { readonly losses: Losses<'objectness' | 'rpnBox'>; readonly proposals: readonly Boxes[] };
  /** The proposals of each image in input pixels. */
  readonly propose: (predictions: RpnPredictions, extents: Extents) => Promise<Proposals[]>;
}

/** Options of {@link proposalNetwork}. */
export interface ProposalNetworkOptions {
  /** Channels of the maps, and of the head's own convolution. */
  readonly channels: number;
  readonly hidden?: number;
  readonly anchors: AnchorsConfig;
  /** Of a single map: pixels of the input to a cell. */
  readonly stride?: number | undefined;
  readonly rpn: RpnConfig;
}

/**
 * The network of a configuration (Faster R-CNN, §3.1); parameters `conv.`, `cls_logits.`, `bbox_pred.`.
 * @throws Error if levels have different numbers of anchors
 */
export function proposalNetwork(parameters: Parameters, { channels, hidden = channels, anchors, stride, rpn }: ProposalNetworkOptions): ProposalNetwork {
  const { sizes, ratios, form } = anchors;
  const uneven = sizes.findIndex(({ length }) => length !== sizes[0].length);
  if (uneven >= 0) throw new Error(`config: expected as many sizes of anchors on every level, got ${sizes[0].length} on level 1 and ${sizes[uneven].length} on level ${uneven + 1}`);
  const shapes = sizes.map((levelSizes) => ({ sizes: levelSizes, ratios }));
  const head = rpnHead(parameters, { channels, hidden, anchors: sizes[0].length * ratios.length, depth: rpn.depth, form: rpn.form });
  const anchorsOf = ({ grids, input }: Extents): PyramidAnchors => pyramidAnchors(shapes, grids, input, { form, stride });

  /** The proposals of each image, the `preNms` and `postNms` best as `top` says. */
  const proposalsOf = (read: ReadPredictions, at: PyramidAnchors, { sizes: images, scales }: Extents, top: { preNms: number; postNms: number }): Proposals[] => {
    const count = at.boxes.length / 4;
    return images.map((size, i) => {
      const objectness = read.objectness.subarray(i * count, (i + 1) * count);
      const deltas = asBoxDeltas(read.deltas.subarray(4 * i * count, 4 * (i + 1) * count));
      return propose(objectness, deltas, at, size, { ...rpn, ...top, minSize: rpn.minSize * (rpn.minSizeIn === 'image' ? scales[i] : 1) });
    });
  };

  return {
    predict: head,
    learn: (predictions, extents, objects, rng) => {
      const at = anchorsOf(extents);
      const read = { objectness: predictions.objectness.dataSync<'float32'>(), deltas: predictions.deltas.dataSync<'float32'>() };
      if (![read.objectness, read.deltas].every((values) => values.every(Number.isFinite))) {
        throw new Error('training: the predictions of the region proposal network are not finite; a lower learning rate may help');
      }
      const targets = objects.map(({ boxes }, i) => {
        const boundary = rpn.boundary === null ? {} : { boundary: { image: extents.sizes[i], pixels: rpn.boundary } };
        return rpnTargets(boxes, at.boxes, rng, { ...pick(rpn), count: rpn.samples, ...boundary });
      });
      const locations = extents.grids.reduce((sum, { width, height }) => sum + width * height, 0);
      const { objectness, box } = rpnLoss(predictions, targets, { ...rpn, locations });
      return { losses: { objectness, rpnBox: box }, proposals: proposalsOf(read, at, extents, rpn.train).map(({ boxes }) => boxes) };
    },
    propose: async ({ objectness, deltas }, extents) => {
      const read = { objectness: await objectness.data<'float32'>(), deltas: await deltas.data<'float32'>() };
      return proposalsOf(read, anchorsOf(extents), extents, rpn.test);
    },
  };
}

/** What of the configuration the targets read. */
function pick({ foreground, background, positiveFraction }: RpnConfig): Pick<RpnConfig, 'foreground' | 'background' | 'positiveFraction'> {
  return { foreground, background, positiveFraction };
}

/** The network's predictions in numbers. */
interface ReadPredictions {
  readonly objectness: Float32Array;
  readonly deltas: Float32Array;
}
