import * as tf from '@tensorflow/tfjs-core';
import type { BoxDeltas, Boxes, Rng, Size } from '@rcnn/geometry';
import {
  boxPredictor, denormalizeDeltas, hardExamples, meanRegionLosses, normalizeDeltas, sampleRegions, statisticsOfWeights,
  type BoxTargets, type RegionLosses, type Regions, type SampledRegions,
} from '@rcnn/heads';
import type { Parameters } from '@rcnn/nn';
import type { RegionScores } from '../batch-detections.ts';
import { batchRegions } from '../batch-regions.ts';
import { batchTargets } from '../batch-targets.ts';
import type { Losses } from '../detector.ts';
import { configuredRegionLosses } from '../region-losses.ts';
import { inOrder, outOfOrder } from '../row-order.ts';
import type { RegionBoxConfig } from './config.ts';
import { softmaxScorer, type RegionScorer } from './region-scorer.ts';
import type { RegionTrunk } from './region-trunk.ts';

/** The objects of an image in input pixels. */
export interface ScaledObjects {
  readonly boxes: Boxes;
  readonly labels: Int32Array;
}

/** Classes and boxes of regions, over any trunk. */
export interface RegionBranch {
  /** The two losses of a sample of each image's proposals, the objects themselves among them. */
  readonly losses: (maps: readonly tf.Tensor4D[], proposals: readonly Boxes[], objects: readonly ScaledObjects[], input: Size, rng: Rng) => Losses<'classification' | 'box'>;
  /** What is said of regions in input pixels; the deltas are those of plain coding, weights of 1 or the configuration's. */
  readonly score: (maps: readonly tf.Tensor4D[], regions: Regions, input: Size) => Promise<RegionScores>;
  /** The features that classes and boxes are said of: [R, width], in the regions' order. */
  readonly features: (maps: readonly tf.Tensor4D[], regions: Regions, input: Size) => Promise<Float32Array>;
}

/** What {@link regionBranch} needs to know. */
export interface RegionBranchOptions {
  readonly box: RegionBoxConfig;
  /** Classes with background. */
  readonly classes: number;
  /** What scores regions in detection. */
  readonly scorer?: RegionScorer;
}

/** The branch of a configuration; parameters `cls_score.` and `bbox_pred.`. */
export function regionBranch(parameters: Parameters, trunk: RegionTrunk, { box, classes, scorer = softmaxScorer }: RegionBranchOptions): RegionBranch {
  const predictor = boxPredictor(parameters, { inputs: trunk.width, classes, boxes: box.boxes });
  const targetsOf = (samples: readonly SampledRegions[], order: Uint32Array): BoxTargets => {
    const { labels, deltas } = batchTargets(samples, order);
    return { labels, deltas: box.targets.kind === 'statistics' ? normalizeDeltas(deltas, labels, box.targets) : deltas };
  };
  const lossesOf = configuredRegionLosses(box, box.targets.kind === 'statistics' ? box.targets : statisticsOfWeights(box.targets.weights, classes));
  /** The losses of the samples, each by itself, in the order that the trunk describes them in. */
  const learn = (maps: readonly tf.Tensor4D[], samples: readonly SampledRegions[], input: Size, dropout: Rng): { each: RegionLosses; order: Uint32Array } => {
    const regions = batchRegions(samples.map(({ boxes }) => boxes));
    const { rows, order } = trunk.describe(maps, regions, input, { training: true, dropout });
    return { each: lossesOf(predictor(rows), targetsOf(samples, order), inOrder(regions.boxes, order, 4) as Boxes), order };
  };
  const sampleOptions = { foreground: box.foreground, background: box.background, positiveFraction: box.positiveFraction, weights: deltaWeights(box) };

  /** The hardest of an image's samples, found by a pass whose gradients nobody asks for. */
  const hardest = (maps: readonly tf.Tensor4D[], samples: readonly SampledRegions[], input: Size, rng: Rng): SampledRegions[] => {
    const losses = tf.tidy(() => {
      const { each: { classification, box: regression }, order } = learn(maps, samples, input, rng);
      return outOfOrder(tf.add(classification, tf.mul(regression, box.lambda)).dataSync<'float32'>(), order, 1);
    });
    let first = 0;
    return samples.map((sample) => {
      const own = losses.subarray(first, (first += sample.labels.length));
      return takeSamples(sample, hardExamples(own, sample.boxes, { count: box.samples }));
    });
  };

  return {
    losses: (maps, proposals, objects, input, rng) =>
      tf.tidy(() => {
        const hard = box.sampling === 'hard';
        const samples = proposals.map((each, i) =>
          sampleRegions(each, objects[i], rng, hard ? { ...sampleOptions, count: each.length / 4 + objects[i].labels.length, positiveFraction: 1 } : { ...sampleOptions, count: box.samples }),
        );
        const { each } = learn(maps, hard ? hardest(maps, samples, input, rng) : samples, input, rng);
        return { ...meanRegionLosses(each, box) };
      }),
    score: async (maps, regions, input) => {
      const { probabilities, deltas, order } = ((): { probabilities: tf.Tensor2D; deltas: tf.Tensor2D; order: Uint32Array } => {
        const { rows, order: described } = trunk.describe(maps, regions, input, { training: false });
        const said = tf.tidy(() => {
          const { logits, deltas: moved } = predictor(rows);
          return { probabilities: scorer(rows, logits), deltas: moved };
        });
        rows.dispose();
        return { ...said, order: described };
      })();
      const scores = outOfOrder(await probabilities.data<'float32'>(), order, classes);
      const moved = outOfOrder(await deltas.data<'float32'>(), order, 4 * classes);
      tf.dispose([probabilities, deltas]);
      return { probabilities: scores, deltas: box.targets.kind === 'statistics' ? denormalizeDeltas(moved, box.targets) : moved };
    },
    features: async (maps, regions, input) => {
      const { rows, order } = trunk.describe(maps, regions, input, { training: false });
      const values = outOfOrder(await rows.data<'float32'>(), order, trunk.width);
      rows.dispose();
      return values;
    },
  };
}

/** The weights of the box coding: statistics normalise plain deltas. */
export function deltaWeights({ targets }: Pick<RegionBoxConfig, 'targets'>): readonly [number, number, number, number] {
  return targets.kind === 'weights' ? targets.weights : [1, 1, 1, 1];
}

function takeSamples({ boxes, labels, deltas, objects }: SampledRegions, indices: Uint32Array): SampledRegions {
  // Objects first, as in every sample.
  const order = indices.slice().sort();
  return {
    boxes: inOrder(boxes, order, 4).slice(0, 4 * order.length) as Boxes,
    labels: Int32Array.from(order, (i) => labels[i]),
    deltas: inOrder(deltas, order, 4).slice(0, 4 * order.length) as BoxDeltas,
    objects: Uint32Array.from(order.filter((i) => i < objects.length), (i) => objects[i]),
  };
}
