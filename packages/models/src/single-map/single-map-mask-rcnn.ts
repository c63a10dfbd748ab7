import * as tf from '@tensorflow/tfjs-core';
import { concatBoxes, takeBoxes, type Boxes, type RgbImage, type Rle, type Rng, type Size } from '@rcnn/geometry';
import {
  binaryMaskTargets, boxLoss, boxPredictor, maskHead, maskLoss, maskProbabilities, pasteMasks, sampleRegions, softMaskTargets,
} from '@rcnn/heads';
import { createParameters, type Pass } from '@rcnn/nn';
import { createBackbone } from '../backbone.ts';
import { batchDetections } from '../batch-detections.ts';
import { batchRegions } from '../batch-regions.ts';
import { batchTargets } from '../batch-targets.ts';
import { checkObjects } from '../check-objects.ts';
import type { Detector, DetectOptions } from '../detector.ts';
import { drawMinSizes } from '../draw-min-sizes.ts';
import { cutRegions } from '../fast-rcnn/region-operator.ts';
import { inOriginalOrder } from '../fast-rcnn/region-order.ts';
import { featuresEnd } from '../features-end.ts';
import { imageBatch } from '../image-batch.ts';
import type { MaskRcnnLoss, SoftDetections } from '../mask-rcnn.ts';
import { proposalNetwork } from '../proposal-network.ts';
import { resizedBoxes } from '../resized-boxes.ts';
import { resizedMasks } from '../resized-masks.ts';
import type { SingleMapMaskRcnnConfig } from './config.ts';

/** A Mask R-CNN on one map, with its parameters. */
export interface SingleMapMaskRcnn extends Detector<MaskRcnnLoss> {
  readonly config: SingleMapMaskRcnnConfig;
  /** What `detect` finds, before the masks are laid into the images. */
  readonly detectSoft: (images: readonly RgbImage[]) => Promise<SoftDetections[]>;
}

/**
 * Mask R-CNN on a ResNet's fourth stage, "C4" (He et al. 2017, figure 4, left): the fifth stage runs on every region, its mean
 * says class and box, and a deconvolution over it the masks, which only regions that show an object have a loss of. Parameters
 * `backbone.body.`, `rpn.head.`, `roi_heads.box_predictor.`, `roi_heads.mask_predictor.`.
 * @throws Error if the backbone has no stage after the last of its levels
 */
export function singleMapMaskRcnn(config: SingleMapMaskRcnnConfig, rng: Rng): SingleMapMaskRcnn {
  const { image, anchors, rpn, rpnChannels, operator, box, mask } = config;
  const root = createParameters(rng);
  const body = createBackbone(root.at('backbone').at('body'), config.backbone);
  const { nextStage } = body;
  if (nextStage === undefined) throw new Error(`config: expected a ResNet whose levels end before 5, got ${config.backbone.name} up to ${config.backbone.levels[1]}`);
  const stride = 2 ** config.backbone.levels[1];
  const channels = body.channels[body.channels.length - 1];
  const network = proposalNetwork(root.at('rpn').at('head'), { channels, stride, hidden: rpnChannels, anchors, rpn });
  const classes = config.classes.length + 1;
  const heads = root.at('roi_heads');
  const predict = boxPredictor(heads.at('box_predictor'), { inputs: nextStage.channels, classes });
  const drawMasks = maskHead(heads, { channels: nextStage.channels, convolutions: 0, hidden: mask.hidden, masks: mask.classes === 'agnostic' ? 1 : classes });

  const mapOf = (pixels: tf.Tensor4D, pass: Pass): tf.Tensor4D => tf.tidy(() => body.forward(pixels, pass).slice(-1)[0]);
  const describe = (map: tf.Tensor4D, boxes: readonly Boxes[], pass: Pass): tf.Tensor4D =>
    tf.tidy(() => {
      const cut = cutRegions(map, batchRegions(boxes), stride, operator);
      // Some engines convolve no empty batch.
      return cut.shape[0] === 0 ? tf.zeros([0, Math.ceil(cut.shape[1] / 2), Math.ceil(cut.shape[2] / 2), nextStage.channels]) : nextStage.forward(cut, pass);
    });
  const mean = (features: tf.Tensor4D): tf.Tensor2D => tf.mean<tf.Tensor2D>(features, [1, 2]);
  const ownMask = (labels: Int32Array): Int32Array => (mask.classes === 'agnostic' ? new Int32Array(labels.length) : labels);
  const gridsOf = (map: tf.Tensor4D): Size[] => [{ height: map.shape[1], width: map.shape[2] }];

  const soft = async (images: readonly RgbImage[], { onPart }: DetectOptions = {}): Promise<SoftDetections[]> => {
    const { pixels, ...extents } = imageBatch(images, image);
    const { sizes } = extents;
    const map = mapOf(pixels, { training: false });
    pixels.dispose();
    const predictions = network.predict([map]);
    try {
      await featuresEnd(Object.values(predictions), onPart);
      const proposals = (await network.propose(predictions, { ...extents, grids: gridsOf(map) })).map(({ boxes }) => boxes);
      onPart?.('proposals');
      const said = tf.tidy(() => {
        const { logits, deltas } = predict(mean(describe(map, proposals, { training: false })));
        return { probabilities: tf.softmax(logits), deltas };
      });
      const read = { probabilities: await said.probabilities.data<'float32'>(), deltas: await said.deltas.data<'float32'>() };
      tf.dispose(said);
      const found = batchDetections(read, proposals, sizes, box);
      onPart?.('boxes');
      const probabilities = tf.tidy(() => {
        const logits = drawMasks(describe(map, found.map(({ boxes }) => boxes), { training: false }), { training: false });
        return maskProbabilities(logits, ownMask(Int32Array.from(found.flatMap(({ labels }) => [...labels]))));
      });
      const drawn = await probabilities.data<'float32'>();
      const pixelsOfMask = probabilities.shape[1] * probabilities.shape[2];
      probabilities.dispose();
      let at = 0;
      return found.map((each, i) => {
        const boxes = resizedBoxes(each.boxes, sizes[i], images[i]);
        return { ...each, boxes, probabilities: drawn.slice(at, (at += each.labels.length * pixelsOfMask)) };
      });
    } finally {
      tf.dispose([map, { ...predictions }]);
    }
  };

  return {
    config,
    parameters: root.all(),
    losses: (images, objects, sampling) =>
      tf.tidy(() => {
        checkObjects(images, objects, config.classes.length);
        const { pixels, ...extents } = imageBatch(images, image, { minSizes: drawMinSizes(images.length, image, sampling) });
        const { sizes } = extents;
        const map = mapOf(pixels, { training: true });
        const scaled = objects.map(({ boxes, labels }, i) => ({ boxes: resizedBoxes(boxes, images[i], sizes[i]), labels }));
        const maskOf = resizedMasks(images, objects, sizes);
        const learning = network.learn(network.predict([map]), { ...extents, grids: gridsOf(map) }, scaled, sampling);
        const samples = learning.proposals.map((proposals, i) => sampleRegions(proposals, scaled[i], sampling, { ...box, count: box.samples }));
        const features = describe(map, samples.map(({ boxes }) => boxes), { training: true });
        const { classification, box: regression } = boxLoss(predict(mean(features)), batchTargets(samples, inOriginalOrder(features.shape[0])), { beta: box.beta });

        // Regions that show an object come first in each image's sample; slices, because tfjs's gradient of a gather is slow.
        let first = 0;
        const parts: tf.Tensor4D[] = [];
        const shown: { box: Boxes; label: number; rle: Rle }[] = [];
        samples.forEach((sample, i) => {
          sample.objects.forEach((object, region) => {
            const rle = maskOf(i, object);
            if (rle === undefined) return;
            parts.push(tf.slice(features, [first + region, 0, 0, 0], [1, -1, -1, -1]));
            shown.push({ box: takeBoxes(sample.boxes, [region]), label: sample.labels[region], rle });
          });
          first += sample.labels.length;
        });
        if (parts.length === 0) return { ...learning.losses, classification, box: regression, mask: tf.scalar(0) };
        const logits = drawMasks(tf.concat(parts), { training: true });
        const targets = (mask.targets === 'soft' ? softMaskTargets : binaryMaskTargets)(shown.map(({ rle }) => rle), concatBoxes(shown.map((each) => each.box)), { maskSize: logits.shape[1] });
        return { ...learning.losses, classification, box: regression, mask: maskLoss(logits, ownMask(Int32Array.from(shown, ({ label }) => label)), targets) };
      }),
    detectSoft: (images) => soft(images),
    detect: async (images, _proposals, options = {}) => {
      const found = await soft(images, options);
      const pasted = found.map(({ probabilities, ...each }, i) => ({ ...each, masks: pasteMasks(probabilities, each.boxes, images[i], mask) }));
      options.onPart?.('masks');
      return pasted;
    },
    dispose: root.dispose,
  };
}
