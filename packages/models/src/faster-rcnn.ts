import * as tf from '@tensorflow/tfjs-core';
import { asBoxDeltas, concatBoxes, scaleBoxes, type BoxDeltas, type Boxes, type Rng, type Size } from '@rcnn/geometry';
import {
  boxHead, boxLoss, convolutionalBoxHead, postprocess, pyramidRoiAlign, sampleRegions, sortByLevel,
  type BoxPredictions, type Regions,
} from '@rcnn/heads';
import { createParameters, type Pass } from '@rcnn/nn';
import { propose, pyramidAnchors, rpnHead, rpnLoss, rpnTargets, type Proposals, type PyramidAnchors, type RpnPredictions } from '@rcnn/rpn';
import { createBackbone } from './backbone.ts';
import type { FasterRcnnConfig } from './config.ts';
import type { Detector } from './detector.ts';
import { featurePyramid } from './feature-pyramid.ts';
import { imageBatch } from './image-batch.ts';

/** The four losses of approximate joint training. */
export type FasterRcnnLoss = 'objectness' | 'rpnBox' | 'classification' | 'box';

/** A Faster R-CNN with its parameters. */
export interface FasterRcnn extends Detector<FasterRcnnLoss> {
  readonly config: FasterRcnnConfig;
}

/** What of a batch both training and detection compute: the pyramid and what the RPN says of it. */
interface Shared {
  readonly pyramid: tf.Tensor4D[];
  readonly predictions: RpnPredictions;
}

/**
 * Faster R-CNN with a feature pyramid in torchvision's semantics (Ren et al. 2015; Lin et al. 2017), trained by
 * approximate joint training (Faster R-CNN, §3.2): no gradient flows through the proposals' coordinates. Parameters
 * carry torchvision's names, `backbone.body.`, `backbone.fpn.`, `rpn.head.`, `roi_heads.`.
 */
export function fasterRcnn(config: FasterRcnnConfig, rng: Rng): FasterRcnn {
  const root = createParameters(rng);
  const backbone = createBackbone(root.at('backbone').at('body'), config.backbone);
  const fpn = featurePyramid(root.at('backbone').at('fpn'), { inChannels: backbone.channels, ...config.fpn });
  const { sizes, ratios } = config.anchors;
  const anchorsPerCell = sizes[0].length * ratios.length;
  const head = rpnHead(root.at('rpn').at('head'), { channels: config.fpn.channels, anchors: anchorsPerCell, depth: config.rpn.depth });
  const { resolution, hidden, convolutions } = config.box;
  const boxOptions = { channels: config.fpn.channels, resolution, hidden, classes: config.classes.length + 1 };
  const boxes = convolutions === 0 ? boxHead(root.at('roi_heads'), boxOptions) : convolutionalBoxHead(root.at('roi_heads'), { ...boxOptions, convolutions });

  const shared = (pixels: tf.Tensor4D, pass: Pass): Shared => {
    const pyramid = fpn(backbone.forward(pixels, pass), pass);
    return { pyramid, predictions: head(pyramid) };
  };
  const anchorsOf = (pyramid: readonly tf.Tensor4D[], input: Size): PyramidAnchors =>
    pyramidAnchors(
      sizes.map((levelSizes) => ({ sizes: levelSizes, ratios })),
      pyramid.map(({ shape: [, height, width] }) => ({ width, height })),
      input,
    );
  const proposalsOf = (image: number, objectness: Float32Array, deltas: Float32Array, anchors: PyramidAnchors, size: Size, top: { preNms: number; postNms: number }): Proposals => {
    const count = anchors.boxes.length / 4;
    return propose(
      objectness.subarray(image * count, (image + 1) * count),
      asBoxDeltas(deltas.subarray(4 * image * count, 4 * (image + 1) * count)),
      anchors,
      size,
      { ...config.rpn, ...top },
    );
  };
  // The level that only the RPN uses is the last one.
  const pooled = (pyramid: readonly tf.Tensor4D[]): readonly tf.Tensor4D[] => pyramid.slice(0, -1);

  const losses: FasterRcnn['losses'] = (images, objects, sampling) =>
    tf.tidy(() => {
      const batch = imageBatch(images, config.image);
      const { pyramid, predictions } = shared(batch.pixels, { training: true });
      const anchors = anchorsOf(pyramid, batch.input);
      const objectness = predictions.objectness.dataSync<'float32'>();
      const deltas = predictions.deltas.dataSync<'float32'>();
      if (![objectness, deltas].every((values) => values.every(Number.isFinite))) {
        throw new Error('training: the predictions of the region proposal network are not finite; a lower learning rate may help');
      }
      const scaled = objects.map((each, i) => ({ ...each, boxes: resized(each.boxes, images[i], batch.sizes[i]) }));
      const rpn = rpnLoss(
        predictions,
        scaled.map((each) => rpnTargets(each.boxes, anchors.boxes, sampling, { ...config.rpn, count: config.rpn.samples })),
        { beta: config.rpn.beta },
      );
      const samples = scaled.map((each, i) => {
        const { boxes: proposed } = proposalsOf(i, objectness, deltas, anchors, batch.sizes[i], config.rpn.train);
        return sampleRegions(proposed, each, sampling, { ...config.box, count: config.box.samples });
      });
      const regions = regionsOf(samples);
      const sorted = sortByLevel(regions, pooled(pyramid), batch.input, config.box);
      const said = boxes(pyramidRoiAlign(pooled(pyramid), sorted, batch.input, { ...config.box, outputSize: resolution }), { training: true });
      const labels = samples.flatMap((sample) => [...sample.labels]);
      const targets = concatBoxes(samples.map((sample) => sample.deltas as unknown as Boxes));
      const { classification, box } = boxLoss(
        said,
        {
          labels: Int32Array.from(sorted.order, (i) => labels[i]),
          deltas: inOrder(targets, sorted.order, 4) as BoxDeltas,
        },
        { beta: config.box.beta },
      );
      return { objectness: rpn.objectness, rpnBox: rpn.box, classification, box };
    });

  const detect: FasterRcnn['detect'] = async (images) => {
    const batch = imageBatch(images, config.image);
    const { pyramid, predictions } = tf.tidy(() => {
      const computed = shared(batch.pixels, { training: false });
      return { pyramid: computed.pyramid, predictions: { ...computed.predictions } };
    });
    batch.pixels.dispose();
    const objectness = await predictions.objectness.data<'float32'>();
    const deltas = await predictions.deltas.data<'float32'>();
    const anchors = anchorsOf(pyramid, batch.input);
    const proposals = images.map((_, i) => proposalsOf(i, objectness, deltas, anchors, batch.sizes[i], config.rpn.test));
    const regions = regionsOf(proposals);
    const sorted = sortByLevel(regions, pooled(pyramid), batch.input, config.box);
    const { probabilities, boxDeltas } = tf.tidy(() => {
      const said: BoxPredictions = boxes(pyramidRoiAlign(pooled(pyramid), sorted, batch.input, { ...config.box, outputSize: resolution }), { training: false });
      return { probabilities: tf.softmax(said.logits), boxDeltas: said.deltas };
    });
    const classes = config.classes.length + 1;
    const scores = outOfOrder(await probabilities.data<'float32'>(), sorted.order, classes);
    const regressed = outOfOrder(await boxDeltas.data<'float32'>(), sorted.order, 4 * classes);
    tf.dispose([pyramid, predictions, probabilities, boxDeltas]);
    let first = 0;
    return proposals.map((proposed, i) => {
      const last = first + proposed.boxes.length / 4;
      const found = postprocess(
        scores.subarray(first * classes, last * classes),
        regressed.subarray(4 * first * classes, 4 * last * classes),
        proposed.boxes,
        batch.sizes[i],
        config.box,
      );
      first = last;
      return { ...found, boxes: resized(found.boxes, batch.sizes[i], images[i]) };
    });
  };

  return { config, parameters: root.all(), losses, detect, dispose: root.dispose };
}

function resized(boxes: Boxes, from: Size, to: Size): Boxes {
  return scaleBoxes(boxes, to.width / from.width, to.height / from.height);
}

function regionsOf(perImage: readonly { readonly boxes: Boxes }[]): Regions {
  return {
    boxes: concatBoxes(perImage.map(({ boxes }) => boxes)),
    images: Int32Array.from(perImage.flatMap(({ boxes }, image) => Array<number>(boxes.length / 4).fill(image))),
  };
}

/** Rows of `width` numbers: row i of the result is row `order[i]`. */
function inOrder(rows: Float32Array, order: Uint32Array, width: number): Float32Array {
  const result = new Float32Array(rows.length);
  order.forEach((from, to) => result.set(rows.subarray(from * width, (from + 1) * width), to * width));
  return result;
}

/** The reverse of {@link inOrder}. */
function outOfOrder(rows: Float32Array, order: Uint32Array, width: number): Float32Array {
  const result = new Float32Array(rows.length);
  order.forEach((to, from) => result.set(rows.subarray(from * width, (from + 1) * width), to * width));
  return result;
}
