import * as tf from '@tensorflow/tfjs-core';
import { takeBoxes, type Boxes, type Rle } from '@rcnn/geometry';
import {
  binaryMaskTargets, maskHead, maskLoss, maskProbabilities, mlpMaskHead, multinomialMaskLoss, multinomialMaskProbabilities, softMaskTargets, sortByLevel,
  type Detections, type LeveledRegions, type SampledRegions,
} from '@rcnn/heads';
import type { Parameters, Pass } from '@rcnn/nn';
import { batchRegions } from './batch-regions.ts';
import type { MaskRcnnConfig } from './config.ts';
import type { Losses } from './detector.ts';
import { poolRegions } from './pool-regions.ts';
import type { TrunkFeatures } from './pyramid-trunk.ts';
import { outOfOrder } from './row-order.ts';

/** Mask R-CNN's branch on a pyramid: a mask of each region. */
export interface MaskBranch {
  /** The loss of those sampled regions that show an object with a mask. `maskOf`: an object's mask in input pixels, if it has one. */
  readonly losses: (features: TrunkFeatures, samples: readonly SampledRegions[], maskOf: (image: number, object: number) => Rle | undefined) => Losses<'mask'>;
  /** The probabilities of each image's detections, boxes in input pixels: [R, m, m], row-major. */
  readonly probabilities: (features: TrunkFeatures, found: readonly Pick<Detections, 'boxes' | 'labels'>[]) => Promise<Float32Array[]>;
}

/** Regions to predict masks of, and the class of each. */
interface LabelledRegions {
  readonly boxes: readonly Boxes[];
  readonly labels: readonly number[];
}

/** The mask branch of a configuration; parameters `mask_head.` and `mask_predictor.`. */
export function maskBranch(parameters: Parameters, { mask, box, fpn, classes: names, pooling }: MaskRcnnConfig): MaskBranch {
  const { resolution, layers, hidden, norm } = mask;
  const maskSize = 2 * resolution;
  const masks = mask.classes === 'agnostic' ? 1 : names.length + 1;
  const head: (pooled: tf.Tensor4D, pass: Pass) => tf.Tensor4D = mask.head === 'fcn'
    ? maskHead(parameters, { channels: fpn.channels, convolutions: layers, norm, hidden, masks })
    : mlpMaskHead(parameters, { channels: fpn.channels, resolution, layers, hidden, masks, maskSize });
  const targetsOf = mask.targets === 'soft' ? softMaskTargets : binaryMaskTargets;
  const multinomial = mask.classes === 'multinomial';

  const sorted = ({ pyramid, input }: TrunkFeatures, { boxes, labels }: LabelledRegions): { regions: LeveledRegions; own: Int32Array } => {
    const regions = sortByLevel(batchRegions(boxes), pyramid, input, box);
    return { regions, own: Int32Array.from(regions.order, (i) => (masks === 1 ? 0 : labels[i])) };
  };
  const predict = (features: TrunkFeatures, regions: LeveledRegions, pass: Pass): tf.Tensor4D =>
    head(poolRegions(pooling, features, regions, { ...box, outputSize: resolution }), pass);

  return {
    losses: (features, samples, maskOf) =>
      tf.tidy(() => {
        const shown = samples.map(({ objects }, image) =>
          [...objects].map((object, region) => ({ region, rle: maskOf(image, object) })).filter((each): each is { region: number; rle: Rle } => each.rle !== undefined),
        );
        const boxes = samples.map((sample, image) => takeBoxes(sample.boxes, shown[image].map(({ region }) => region)));
        const labels = samples.flatMap((sample, image) => shown[image].map(({ region }) => sample.labels[region]));
        const rles = shown.flatMap((each) => each.map(({ rle }) => rle));
        const { regions, own } = sorted(features, { boxes, labels });
        const targets = targetsOf(Array.from(regions.order, (i) => rles[i]), regions.boxes, { maskSize });
        const logits = predict(features, regions, { training: true });
        return { mask: (multinomial ? multinomialMaskLoss : maskLoss)(logits, own, targets) };
      }),
    probabilities: async (features, found) => {
      const { regions, own } = sorted(features, { boxes: found.map(({ boxes }) => boxes), labels: found.flatMap(({ labels }) => [...labels]) });
      const probabilities = tf.tidy(() => {
        const logits = predict(features, regions, { training: false });
        return (multinomial ? multinomialMaskProbabilities : maskProbabilities)(logits, own);
      });
      const pixels = maskSize * maskSize;
      const all = outOfOrder(await probabilities.data<'float32'>(), regions.order, pixels);
      probabilities.dispose();
      let first = 0;
      return found.map(({ labels }) => all.slice(first, (first += labels.length * pixels)));
    },
  };
}
