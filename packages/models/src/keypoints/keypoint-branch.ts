import * as tf from '@tensorflow/tfjs-core';
import { takeBoxes, type Boxes, type Keypoints } from '@rcnn/geometry';
import {
  heatmapsToKeypoints, keypointHead, keypointLoss, keypointTargets, sortByLevel, type Detections, type FoundKeypoints, type LeveledRegions, type SampledRegions,
} from '@rcnn/heads';
import type { Parameters } from '@rcnn/nn';
import { batchRegions } from '../batch-regions.ts';
import type { Losses } from '../detector.ts';
import { poolRegions } from '../pool-regions.ts';
import type { TrunkFeatures } from '../pyramid-trunk.ts';
import { inOrder, outOfOrder } from '../row-order.ts';
import type { KeypointRcnnConfig } from './config.ts';

/** The branch that finds keypoints of regions on a pyramid. */
export interface KeypointBranch {
  /** The loss of those sampled regions that show an object with labelled keypoints; `keypoints`: each image's objects', in input pixels. */
  readonly losses: (features: TrunkFeatures, samples: readonly SampledRegions[], keypoints: readonly Keypoints[]) => Losses<'keypoint'>;
  /** The keypoints of each image's detections; boxes and keypoints in input pixels. */
  readonly find: (features: TrunkFeatures, found: readonly Pick<Detections, 'boxes'>[]) => Promise<FoundKeypoints[]>;
}

/** The keypoint branch of a configuration; parameters `keypoint_head.` and `keypoint_predictor.`. */
export function keypointBranch(parameters: Parameters, { keypoints: { names, resolution, layers, hidden }, box, fpn }: KeypointRcnnConfig): KeypointBranch {
  const count = names.length;
  const heatmapSize = 4 * resolution;
  const head = keypointHead(parameters, { channels: fpn.channels, convolutions: layers, hidden, keypoints: count });
  const sorted = ({ pyramid, input }: TrunkFeatures, boxes: readonly Boxes[]): LeveledRegions => sortByLevel(batchRegions(boxes), pyramid, input, box);
  const predict = (features: TrunkFeatures, regions: LeveledRegions): tf.Tensor4D =>
    head(poolRegions('align', features, regions, { ...box, outputSize: resolution }));

  return {
    losses: (features, samples, keypoints) =>
      tf.tidy(() => {
        const shown = samples.map(({ objects }, image) => [...objects.keys()].filter((region) => hasLabelled(ofObject(keypoints[image], objects[region], count))));
        const boxes = samples.map((sample, image) => takeBoxes(sample.boxes, shown[image]));
        const rows = new Float32Array(3 * count * shown.flat().length);
        samples
          .flatMap(({ objects }, image) => shown[image].map((region) => ofObject(keypoints[image], objects[region], count)))
          .forEach((each, i) => rows.set(each, 3 * count * i));
        const regions = sorted(features, boxes);
        const targets = keypointTargets(inOrder(rows, regions.order, 3 * count) as Keypoints, regions.boxes, { heatmapSize });
        return { keypoint: keypointLoss(predict(features, regions), targets) };
      }),
    find: async (features, found) => {
      const regions = sorted(features, found.map(({ boxes }) => boxes));
      const heatmaps = tf.tidy(() => predict(features, regions));
      const decoded = heatmapsToKeypoints(await heatmaps.data<'float32'>(), regions.boxes, count);
      heatmaps.dispose();
      const keypoints = outOfOrder(decoded.keypoints, regions.order, 3 * count) as Keypoints;
      const scores = outOfOrder(decoded.scores, regions.order, count);
      let first = 0;
      return found.map(({ boxes }) => {
        const [from, to] = [first, (first += boxes.length / 4)];
        return { keypoints: keypoints.slice(3 * count * from, 3 * count * to) as Keypoints, scores: scores.slice(count * from, count * to) };
      });
    },
  };
}

function ofObject(keypoints: Keypoints, object: number, count: number): Float32Array {
  return keypoints.subarray(3 * count * object, 3 * count * (object + 1));
}

function hasLabelled(keypoints: Float32Array): boolean {
  return keypoints.some((v, i) => i % 3 === 2 && v > 0);
}
