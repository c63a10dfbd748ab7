import * as tf from '@tensorflow/tfjs-core';
import { takeBoxes, type Boxes, type RgbImage, type Rng } from '@rcnn/geometry';
import { postprocess } from '@rcnn/heads';
import { createParameters } from '@rcnn/nn';
import { batchRegions } from '../batch-regions.ts';
import type { Detector } from '../detector.ts';
import { imageBatch } from '../image-batch.ts';
import { resizedBoxes } from '../resized-boxes.ts';
import type { FastRcnnConfig } from './config.ts';
import { nearestScales } from './nearest-scales.ts';
import { deltaWeights, regionBranch, type RegionScores } from './region-branch.ts';
import { createRegionTrunk } from './region-trunk.ts';

/** The two losses of Fast R-CNN. */
export type FastRcnnLoss = 'classification' | 'box';

/** A Fast R-CNN with its parameters. */
export interface FastRcnn extends Detector<FastRcnnLoss> {
  readonly config: FastRcnnConfig;
}

/**
 * Fast R-CNN (Girshick 2015): the whole image through the convolutions once, a region's features from the map, sibling
 * layers for its class and its box, all learnt together. Regions come from elsewhere: `proposals` of the objects in
 * training, of `detect` in detection. Parameters `backbone.`, `roi_heads.box_head.`, `roi_heads.box_predictor.`.
 */
export function fastRcnn(config: FastRcnnConfig, rng: Rng): FastRcnn {
  const root = createParameters(rng);
  const trunk = createRegionTrunk(root, config);
  const classes = config.classes.length + 1;
  const { image, scales, box } = config;
  const branch = regionBranch(root.at('roi_heads').at('box_predictor'), trunk, { box, classes });
  const scalesOf = (use: 'train' | 'test'): readonly number[] => (scales[use].length === 0 ? [image.minSize] : scales[use]);

  /** What is said of each image's regions, each computed at its own scale. */
  const scoreAll = async (images: readonly RgbImage[], proposals: readonly Boxes[]): Promise<RegionScores[]> => {
    const scores = proposals.map((boxes) => ({ probabilities: new Float32Array((boxes.length / 4) * classes), deltas: new Float32Array(boxes.length * classes) }));
    const minSizes = scalesOf('test');
    const places = images.map((size, i) => nearestScales(proposals[i], size, minSizes, image));
    for (const [at, minSize] of minSizes.entries()) {
      const chosen = places.map((scale) => [...scale.keys()].filter((i) => scale[i] === at));
      if (chosen.every((own) => own.length === 0)) continue;
      const batch = imageBatch(images, { ...image, minSize });
      const maps = trunk.maps(batch.pixels, { training: false });
      batch.pixels.dispose();
      const regions = batchRegions(chosen.map((own, i) => resizedBoxes(takeBoxes(proposals[i], own), images[i], batch.sizes[i])));
      const said = await branch.score(maps, regions, batch.input);
      tf.dispose(maps);
      let row = 0;
      for (const [i, own] of chosen.entries()) {
        for (const region of own) {
          scores[i].probabilities.set(said.probabilities.subarray(row * classes, (row + 1) * classes), region * classes);
          scores[i].deltas.set(said.deltas.subarray(4 * row * classes, 4 * (row + 1) * classes), 4 * region * classes);
          row++;
        }
      }
    }
    return scores;
  };

  return {
    config,
    parameters: root.all(),
    losses: (images, objects, sampling) =>
      tf.tidy(() => {
        const minSizes = scalesOf('train');
        const minSize = minSizes[minSizes.length === 1 ? 0 : sampling.integer(minSizes.length)];
        const batch = imageBatch(images, { ...image, minSize });
        const scaled = objects.map(({ boxes, labels }, i) => ({ boxes: resizedBoxes(boxes, images[i], batch.sizes[i]), labels }));
        const proposals = objects.map(({ proposals: own }, i) => {
          if (own === undefined) throw new Error('Fast R-CNN: expected proposals with the objects to learn from, got none');
          return resizedBoxes(own, images[i], batch.sizes[i]);
        });
        return branch.losses(trunk.maps(batch.pixels, { training: true }), proposals, scaled, batch.input, sampling);
      }),
    detect: async (images, proposals) => {
      if (proposals?.length !== images.length) {
        throw new Error(`Fast R-CNN: expected proposals for ${images.length} images, got them for ${proposals?.length ?? 'none'}`);
      }
      const scores = await scoreAll(images, proposals);
      return scores.map(({ probabilities, deltas }, i) =>
        postprocess(probabilities, deltas, proposals[i], images[i], { ...box, weights: deltaWeights(box) }),
      );
    },
    dispose: root.dispose,
  };
}
