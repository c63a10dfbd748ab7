import * as tf from '@tensorflow/tfjs-core';
import { clipBoxes, concatBoxes, decodeBoxes, type BoxDeltas, type Boxes, type Rng, type Size } from '@rcnn/geometry';
import {
  boxPredictor, labelRegions, meanRegionLosses, postprocess, sampleRegions, sortByLevel, statisticsOfWeights,
  type BoxPredictions, type Detections, type LeveledRegions, type SampledRegions,
} from '@rcnn/heads';
import { kaimingUniform, scaleGradient, type Parameters } from '@rcnn/nn';
import { batchRegions } from '../batch-regions.ts';
import type { Losses } from '../detector.ts';
import { flattened, fullyConnected } from '../networks/fully-connected.ts';
import { poolRegions } from '../pool-regions.ts';
import type { TrunkFeatures, TrunkLearning } from '../pyramid-trunk.ts';
import { configuredRegionLosses } from '../region-losses.ts';
import { inOrder, outOfOrder } from '../row-order.ts';
import type { CascadeRcnnConfig } from './config.ts';

/** The heads of a cascade on a pyramid, each refining the boxes of the one before. */
export interface CascadeBranch {
  /**
   * The two losses of every stage, `classification1`, `box1`, …; reads predictions synchronously.
   * @throws Error if the boxes of a stage are not finite
   */
  readonly losses: (features: TrunkFeatures, proposals: readonly Boxes[], objects: TrunkLearning['objects'], rng: Rng) => Losses;
  /** The objects among each image's proposals: boxes of the last stage, scores the mean of all. */
  readonly detect: (features: TrunkFeatures, proposals: readonly Boxes[]) => Promise<Detections[]>;
}

/** The heads of a configuration; parameters `box_head.I.` and `box_predictor.I.`, I from 0. */
export function cascadeBranch(parameters: Parameters, { box, stages, fpn, classes: names }: CascadeRcnnConfig): CascadeBranch {
  const classes = names.length + 1;
  const { resolution, hidden } = box;
  const heads = stages.map((stage, i) => {
    const layers = parameters.at('box_head').at(String(i));
    const { fc6, fc7 } = fullyConnected([layers.at('fc6'), layers.at('fc7')], { channels: fpn.channels, pooledSize: resolution, hidden: [hidden, hidden], initializer: kaimingUniform() });
    const predict = boxPredictor(parameters.at('box_predictor').at(String(i)), { inputs: hidden, classes, boxes: 'agnostic' });
    return {
      ...stage,
      predict: (pooled: tf.Tensor4D): BoxPredictions => predict(fc7(fc6(flattened(pooled)))),
      lossesOf: configuredRegionLosses(box, statisticsOfWeights(stage.weights, classes)),
    };
  });
  const sortRegions = ({ pyramid, input }: TrunkFeatures, boxes: readonly Boxes[]): LeveledRegions => sortByLevel(batchRegions(boxes), pyramid, input, box);
  const pool = (features: TrunkFeatures, regions: LeveledRegions): tf.Tensor4D => poolRegions('align', features, regions, { ...box, outputSize: resolution });
  /** The boxes that a stage makes of its regions; `deltas` [R, 4 (K + 1)], the same for every class. */
  const refined = (regions: readonly Boxes[], deltas: Float32Array, { weights }: CascadeRcnnConfig['stages'][number], sizes: readonly Size[]): Boxes[] => {
    let first = 0;
    return regions.map((boxes, i) => {
      const own = Float32Array.from(boxes, (_, at) => deltas[(first + (at >> 2)) * 4 * classes + (at & 3)]) as BoxDeltas;
      first += boxes.length / 4;
      return clipBoxes(decodeBoxes(own, boxes, { weights }), sizes[i]);
    });
  };

  return {
    losses: (features, proposals, objects, rng) =>
      tf.tidy(() => {
        const losses: Record<string, tf.Scalar> = {};
        let samples: SampledRegions[] = proposals.map((each, i) => sampleRegions(each, objects[i], rng, { ...box, ...stages[0], count: box.samples }));
        heads.forEach((head, stage) => {
          const regions = sortRegions(features, samples.map(({ boxes }) => boxes));
          const labels = samples.flatMap((sample) => [...sample.labels]);
          const deltas = concatBoxes(samples.map((sample) => sample.deltas as unknown as Boxes));
          const targets = { labels: Int32Array.from(regions.order, (i) => labels[i]), deltas: inOrder(deltas, regions.order, 4) as BoxDeltas };
          // All stages' gradients meet in the maps: each counts for its share, as in Detectron2.
          const said = head.predict(scaleGradient(pool(features, regions), 1 / heads.length));
          const { classification, box: regression } = meanRegionLosses(head.lossesOf(said, targets, regions.boxes));
          losses[`classification${stage + 1}`] = classification;
          losses[`box${stage + 1}`] = regression;
          if (stage === heads.length - 1) return;
          const moved = said.deltas.dataSync<'float32'>();
          if (!moved.every(Number.isFinite)) throw new Error(`training: the boxes of stage ${stage + 1} are not finite; a lower learning rate may help`);
          const boxes = refined(samples.map((sample) => sample.boxes), outOfOrder(moved, regions.order, 4 * classes), head, features.sizes);
          samples = boxes.map((each, i) => labelRegions(each, objects[i], heads[stage + 1]));
        });
        return losses;
      }),
    detect: async (features, proposals) => {
      let regions = [...proposals];
      const count = proposals.reduce((sum, boxes) => sum + boxes.length / 4, 0);
      const scores = new Float32Array(count * classes);
      let deltas: Float32Array = new Float32Array(0);
      for (const [stage, head] of heads.entries()) {
        const sorted = sortRegions(features, regions);
        const { probabilities, deltas: moved } = tf.tidy(() => {
          const said = head.predict(pool(features, sorted));
          return { probabilities: tf.softmax(said.logits), deltas: said.deltas };
        });
        outOfOrder(await probabilities.data<'float32'>(), sorted.order, classes).forEach((value, i) => (scores[i] += value / heads.length));
        deltas = outOfOrder(await moved.data<'float32'>(), sorted.order, 4 * classes);
        tf.dispose([probabilities, moved]);
        if (stage < heads.length - 1) regions = refined(regions, deltas, head, features.sizes);
      }
      let first = 0;
      return regions.map((boxes, i) => {
        const last = first + boxes.length / 4;
        const [own, moved] = [scores.subarray(first * classes, last * classes), deltas.subarray(4 * first * classes, 4 * last * classes)];
        first = last;
        return postprocess(own, moved, boxes, features.sizes[i], { ...box, weights: stages[stages.length - 1].weights });
      });
    },
  };
}
