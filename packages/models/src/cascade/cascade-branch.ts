import * as tf from '@tensorflow/tfjs-core';
import { clipBoxes, decodeBoxes, type BoxDeltas, type Boxes, type Size } from '@rcnn/geometry';
import {
  boxPredictor, labelRegions, meanRegionLosses, sampleRegions, sortByLevel, statisticsOfWeights,
  type BoxPredictions, type Detections, type LeveledRegions, type SampledRegions,
} from '@rcnn/heads';
import { kaimingUniform, scaleGradient, type Parameters } from '@rcnn/nn';
import { batchDetections } from '../batch-detections.ts';
import { batchRegions } from '../batch-regions.ts';
import { batchTargets } from '../batch-targets.ts';
import { flattened, fullyConnected } from '../networks/fully-connected.ts';
import type { Branches } from '../on-pyramid.ts';
import { poolRegions } from '../pool-regions.ts';
import type { TrunkFeatures } from '../pyramid-trunk.ts';
import { configuredRegionLosses } from '../region-losses.ts';
import { outOfOrder } from '../row-order.ts';
import type { CascadeRcnnConfig } from './config.ts';

/**
 * The heads of a cascade on a pyramid, each refining the boxes of the one before. The losses are two of every stage, `classification1`,
 * `box1`, …, and throw where the boxes of a stage are not finite; what is found has the boxes of the last stage, scores the mean of all.
 */
export type CascadeBranch = Branches<string, Detections>;

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
    losses: (features, { proposals, objects }, _batch, rng) =>
      tf.tidy(() => {
        const losses: Record<string, tf.Scalar> = {};
        let samples: SampledRegions[] = proposals.map((each, i) => sampleRegions(each, objects[i], rng, { ...box, ...stages[0], count: box.samples }));
        heads.forEach((head, stage) => {
          const regions = sortRegions(features, samples.map(({ boxes }) => boxes));
          // All stages' gradients meet in the maps: each counts for its share, as in Detectron2.
          const said = head.predict(scaleGradient(pool(features, regions), 1 / heads.length));
          const { classification, box: regression } = meanRegionLosses(head.lossesOf(said, batchTargets(samples, regions.order), regions.boxes));
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
    detect: async (features, proposals, onPart) => {
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
      const found = batchDetections({ probabilities: scores, deltas }, regions, features.sizes, { ...box, weights: stages[stages.length - 1].weights });
      onPart?.('boxes');
      return found;
    },
  };
}
