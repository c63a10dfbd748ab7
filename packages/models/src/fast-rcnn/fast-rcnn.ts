import * as tf from '@tensorflow/tfjs-core';
import type { Boxes, RgbImage, Rng, Size } from '@rcnn/geometry';
import { postprocess, type Regions } from '@rcnn/heads';
import { createParameters } from '@rcnn/nn';
import { checkObjects } from '../check-objects.ts';
import type { Detector } from '../detector.ts';
import { featuresEnd } from '../features-end.ts';
import { imageBatch } from '../image-batch.ts';
import { resizedBoxes } from '../resized-boxes.ts';
import { atNearestScales } from './at-nearest-scales.ts';
import type { FastRcnnConfig } from './config.ts';
import { deltaWeights, regionBranch } from './region-branch.ts';
import { softmaxScorer, svmScorer } from './region-scorer.ts';
import { createRegionTrunk } from './region-trunk.ts';

/** The two losses of Fast R-CNN. */
export type FastRcnnLoss = 'classification' | 'box';

/** A Fast R-CNN with its parameters. */
export interface FastRcnn extends Detector<FastRcnnLoss> {
  readonly config: FastRcnnConfig;
  /** How long a region's features are. */
  readonly width: number;
  /** The features of an image's regions that its classes and boxes are said of, fc7 of the paper's networks: [R, width]. */
  readonly features: (image: RgbImage, regions: Boxes) => Promise<Float32Array>;
}

/**
 * Fast R-CNN (Girshick 2015): the whole image through the convolutions once, a region's features from the map, sibling
 * layers for its class and its box, all learnt together. Regions come from elsewhere: `proposals` of the objects in
 * training, of `detect` in detection. Parameters `backbone.`, `roi_heads.box_head.`, `roi_heads.box_predictor.`;
 * with the classifier `svm` the buffers `svms.weight`, `svms.bias`, `svms.threshold` too, zero until they are loaded.
 */
export function fastRcnn(config: FastRcnnConfig, rng: Rng): FastRcnn {
  const root = createParameters(rng);
  const trunk = createRegionTrunk(root, config);
  const classes = config.classes.length + 1;
  const { image, scales, box } = config;
  const scorer = config.classifier === 'svm' ? svmScorer(root.at('svms'), { inputs: trunk.width, classes: config.classes.length }) : softmaxScorer;
  const branch = regionBranch(root.at('roi_heads').at('box_predictor'), trunk, { box, classes, scorer });
  const scalesOf = (use: 'train' | 'test'): readonly number[] => (scales[use].length === 0 ? [image.minSize] : scales[use]);

  /** What `read` makes of the maps of a batch, for each image's regions at the scales of detection. */
  const overRegions = (
    images: readonly RgbImage[], regions: readonly Boxes[], widths: readonly number[],
    read: (maps: readonly tf.Tensor4D[], regions: Regions, input: Size) => Promise<readonly Float32Array[]>,
  ): Promise<Float32Array[][]> =>
    atNearestScales(images, regions, {
      image, minSizes: scalesOf('test'), widths,
      compute: async ({ pixels, input }, own) => {
        const maps = trunk.maps(pixels, { training: false });
        pixels.dispose();
        const rows = await read(maps, own, input);
        tf.dispose(maps);
        return rows;
      },
    });

  return {
    config,
    parameters: root.all(),
    losses: (images, objects, sampling) =>
      tf.tidy(() => {
        checkObjects(images, objects, config.classes.length);
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
    detect: async (images, proposals, { onPart } = {}) => {
      if (proposals?.length !== images.length) {
        throw new Error(`Fast R-CNN: expected proposals for ${images.length} images, got them for ${proposals?.length ?? 'none'}`);
      }
      const scores = await overRegions(images, proposals, [classes, 4 * classes], async (maps, regions, input) => {
        await featuresEnd(maps, onPart);
        const { probabilities, deltas } = await branch.score(maps, regions, input);
        onPart?.('boxes');
        return [probabilities, deltas];
      });
      // SVMs have a threshold a class: what does not exceed it scores 0.
      const scoreThreshold = config.classifier === 'svm' ? 0 : box.scoreThreshold;
      const detections = scores.map(([probabilities, deltas], i) =>
        postprocess(probabilities, deltas, proposals[i], images[i], { ...box, scoreThreshold, weights: deltaWeights(box) }),
      );
      onPart?.('boxes');
      return detections;
    },
    width: trunk.width,
    features: async (pixels, regions) => {
      const [[rows]] = await overRegions([pixels], [regions], [trunk.width], async (...args) => [await branch.features(...args)]);
      return rows;
    },
    dispose: root.dispose,
  };
}
