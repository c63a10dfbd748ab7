import * as tf from '@tensorflow/tfjs-core';
import type { Rng, Size } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import { batchDetections } from '../batch-detections.ts';
import { batchRegions } from '../batch-regions.ts';
import { checkObjects } from '../check-objects.ts';
import type { Detector } from '../detector.ts';
import { drawMinSizes } from '../draw-min-sizes.ts';
import { deltaWeights, regionBranch } from '../fast-rcnn/region-branch.ts';
import { createRegionTrunk } from '../fast-rcnn/region-trunk.ts';
import type { FasterRcnnLoss } from '../faster-rcnn.ts';
import { featuresEnd } from '../features-end.ts';
import { imageBatch } from '../image-batch.ts';
import { proposalNetwork } from '../proposal-network.ts';
import { resizedBoxes } from '../resized-boxes.ts';
import { resizedDetections } from '../resized-detections.ts';
import type { SingleMapFasterRcnnConfig } from './config.ts';

/** A Faster R-CNN on one map, with its parameters. */
export interface SingleMapFasterRcnn extends Detector<FasterRcnnLoss> {
  readonly config: SingleMapFasterRcnnConfig;
}

/**
 * Faster R-CNN as published (Ren et al. 2015): region proposal network and Fast R-CNN share one map of a classifier network,
 * or of a ResNet up to its fourth stage (He et al. 2015, appendix A; "C4"), trained jointly (§3.2). Parameters `backbone.`,
 * `rpn.head.`, `roi_heads.`.
 */
export function singleMapFasterRcnn(config: SingleMapFasterRcnnConfig, rng: Rng): SingleMapFasterRcnn {
  const root = createParameters(rng);
  const trunk = createRegionTrunk(root, config);
  const { anchors, rpn, rpnChannels, box, image } = config;
  const network = proposalNetwork(root.at('rpn').at('head'), { channels: trunk.channels, stride: trunk.stride, hidden: rpnChannels, anchors, rpn });
  const classes = config.classes.length + 1;
  const branch = regionBranch(root.at('roi_heads').at('box_predictor'), trunk, { box, classes });
  const gridsOf = (maps: readonly tf.Tensor4D[]): Size[] => maps.map(({ shape: [, height, width] }) => ({ width, height }));
  return {
    config,
    parameters: root.all(),
    losses: (images, objects, sampling) =>
      tf.tidy(() => {
        checkObjects(images, objects, config.classes.length);
        const { pixels, ...extents } = imageBatch(images, image, { minSizes: drawMinSizes(images.length, image, sampling) });
        const maps = trunk.maps(pixels, { training: true });
        const scaled = objects.map(({ boxes, labels }, i) => ({ boxes: resizedBoxes(boxes, images[i], extents.sizes[i]), labels }));
        const learning = network.learn(network.predict(maps), { ...extents, grids: gridsOf(maps) }, scaled, sampling);
        return { ...learning.losses, ...branch.losses(maps, learning.proposals, scaled, extents.input, sampling) };
      }),
    detect: async (images, _proposals, { onPart } = {}) => {
      const { pixels, ...extents } = imageBatch(images, image);
      const maps = trunk.maps(pixels, { training: false });
      pixels.dispose();
      const predictions = network.predict(maps);
      try {
        await featuresEnd(Object.values(predictions), onPart);
        const proposals = (await network.propose(predictions, { ...extents, grids: gridsOf(maps) })).map(({ boxes }) => boxes);
        onPart?.('proposals');
        const said = await branch.score(maps, batchRegions(proposals), extents.input);
        const found = batchDetections(said, proposals, extents.sizes, { ...box, weights: deltaWeights(box) });
        onPart?.('boxes');
        return found.map((each, i) => resizedDetections(each, extents.sizes[i], images[i]));
      } finally {
        tf.dispose([maps, { ...predictions }]);
      }
    },
    dispose: root.dispose,
  };
}
