import * as tf from '@tensorflow/tfjs-core';
import { concatBoxes, type BoxDeltas, type Boxes } from '@rcnn/geometry';
import {
  boxHead, convolutionalBoxHead, meanRegionLosses, postprocess, sortByLevel, statisticsOfWeights,
  type BoxPredictions, type Detections, type LeveledRegions, type SampledRegions,
} from '@rcnn/heads';
import type { Parameters, Pass } from '@rcnn/nn';
import { batchRegions } from './batch-regions.ts';
import type { FasterRcnnConfig, PoolingName } from './config.ts';
import type { Losses } from './detector.ts';
import { poolRegions } from './pool-regions.ts';
import { configuredRegionLosses } from './region-losses.ts';
import type { TrunkFeatures } from './pyramid-trunk.ts';
import { inOrder, outOfOrder } from './row-order.ts';

/** Fast R-CNN's branch on a pyramid: classes and boxes of regions. */
export interface BoxBranch {
  /** The two losses of the sampled regions of each image. */
  readonly losses: (features: TrunkFeatures, samples: readonly SampledRegions[]) => Losses<'classification' | 'box'>;
  /** The objects among each image's proposals, boxes in input pixels. */
  readonly detect: (features: TrunkFeatures, proposals: readonly Boxes[]) => Promise<Detections[]>;
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
    losses: (features, samples) =>
      tf.tidy(() => {
        const regions = sortRegions(features, samples.map(({ boxes }) => boxes));
        const labels = samples.flatMap((sample) => [...sample.labels]);
        const deltas = concatBoxes(samples.map((sample) => sample.deltas as unknown as Boxes));
        const targets = {
          labels: Int32Array.from(regions.order, (i) => labels[i]),
          deltas: inOrder(deltas, regions.order, 4) as BoxDeltas,
        };
        return { ...meanRegionLosses(lossesOf(predict(features, regions, { training: true }), targets, regions.boxes)) };
      }),
    detect: async (features, proposals) => {
      const regions = sortRegions(features, proposals);
      const { probabilities, deltas } = tf.tidy(() => {
        const said = predict(features, regions, { training: false });
        return { probabilities: tf.softmax(said.logits), deltas: said.deltas };
      });
      const scores = outOfOrder(await probabilities.data<'float32'>(), regions.order, classes);
      const regressed = outOfOrder(await deltas.data<'float32'>(), regions.order, 4 * classes);
      tf.dispose([probabilities, deltas]);
      let first = 0;
      return proposals.map((boxes, i) => {
        const last = first + boxes.length / 4;
        const [own, moved] = [scores.subarray(first * classes, last * classes), regressed.subarray(4 * first * classes, 4 * last * classes)];
        first = last;
        return postprocess(own, moved, boxes, features.sizes[i], box);
      });
    },
  };
}
