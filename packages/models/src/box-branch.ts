import * as tf from '@tensorflow/tfjs-core';
import type { Boxes, Rng } from '@rcnn/geometry';
import {
  boxHead, convolutionalBoxHead, meanRegionLosses, sampleRegions, sortByLevel, statisticsOfWeights,
  type BoxPredictions, type Detections, type LeveledRegions, type SampledRegions,
} from '@rcnn/heads';
import type { Parameters, Pass } from '@rcnn/nn';
import { batchDetections } from './batch-detections.ts';
import { batchRegions } from './batch-regions.ts';
import { batchTargets } from './batch-targets.ts';
import type { FasterRcnnConfig, PoolingName } from './config.ts';
import type { DetectOptions, Losses } from './detector.ts';
import { poolRegions } from './pool-regions.ts';
import { configuredRegionLosses } from './region-losses.ts';
import type { TrunkFeatures, TrunkLearning } from './pyramid-trunk.ts';
import { outOfOrder } from './row-order.ts';

/** Fast R-CNN's branch on a pyramid: classes and boxes of regions. */
export interface BoxBranch {
  /** A balanced sample of each image's proposals, the objects themselves among them. */
  readonly sample: (learning: TrunkLearning, rng: Rng) => SampledRegions[];
  /** The two losses of the sampled regions of each image. */
  readonly losses: (features: TrunkFeatures, samples: readonly SampledRegions[]) => Losses<'classification' | 'box'>;
  /** The objects among each image's proposals, boxes in input pixels. */
  readonly detect: (features: TrunkFeatures, proposals: readonly Boxes[], onPart: DetectOptions['onPart']) => Promise<Detections[]>;
}

/** The box branch of a configuration; parameters `box_head.` and `box_predictor.`. */
export function boxBranch(
  parameters: Parameters,
  { box, fpn, classes: names, pooling = 'align' }: Pick<FasterRcnnConfig, 'box' | 'fpn' | 'classes'> & { readonly pooling?: PoolingName },
): BoxBranch {
  const { resolution, hidden, convolutions, weights } = box;
  const classes = names.length + 1;
  const options = { channels: fpn.channels, resolution, hidden, classes };
  const lossesOf = configuredRegionLosses(box, statisticsOfWeights(weights, classes));
  const head = convolutions === 0 ? boxHead(parameters, options) : convolutionalBoxHead(parameters, { ...options, convolutions });
  const sortRegions = ({ pyramid, input }: TrunkFeatures, boxes: readonly Boxes[]): LeveledRegions =>
    sortByLevel(batchRegions(boxes), pyramid, input, box);
  const predict = (features: TrunkFeatures, regions: LeveledRegions, pass: Pass): BoxPredictions =>
    head(poolRegions(pooling, features, regions, { ...box, outputSize: resolution }), pass);

  return {
    sample: ({ proposals, objects }, rng) => proposals.map((each, i) => sampleRegions(each, objects[i], rng, { ...box, count: box.samples })),
    losses: (features, samples) =>
      tf.tidy(() => {
        const regions = sortRegions(features, samples.map(({ boxes }) => boxes));
        const said = predict(features, regions, { training: true });
        return { ...meanRegionLosses(lossesOf(said, batchTargets(samples, regions.order), regions.boxes)) };
      }),
    detect: async (features, proposals, onPart) => {
      const regions = sortRegions(features, proposals);
      const said = tf.tidy(() => {
        const { logits, deltas } = predict(features, regions, { training: false });
        return { probabilities: tf.softmax(logits), deltas };
      });
      const probabilities = outOfOrder(await said.probabilities.data<'float32'>(), regions.order, classes);
      const deltas = outOfOrder(await said.deltas.data<'float32'>(), regions.order, 4 * classes);
      tf.dispose(said);
      const found = batchDetections({ probabilities, deltas }, proposals, features.sizes, box);
      onPart?.('boxes');
      return found;
    },
  };
}
