import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage, Rng, Size } from '@rcnn/geometry';
import { createParameters, type Pass } from '@rcnn/nn';
import { checkObjects } from '../check-objects.ts';
import type { Detector } from '../detector.ts';
import { drawMinSizes } from '../draw-min-sizes.ts';
import { featuresEnd } from '../features-end.ts';
import { imageBatch } from '../image-batch.ts';
import { proposalNetwork, type Extents } from '../proposal-network.ts';
import { resizedBoxes } from '../resized-boxes.ts';
import type { RegionProposalNetworkConfig } from './config.ts';
import { createMaps } from './create-maps.ts';

/** A region proposal network with its parameters. */
export interface RegionProposalNetwork extends Detector<'objectness' | 'rpnBox'> {
  readonly config: RegionProposalNetworkConfig;
}

/**
 * A region proposal network trained by itself. What it detects are its proposals, best first, all of label 1, their scores the
 * probability of being an object. Parameters `backbone.`, `rpn.head.`.
 */
export function regionProposalNetwork(config: RegionProposalNetworkConfig, rng: Rng): RegionProposalNetwork {
  const root = createParameters(rng);
  const trunk = createMaps(root.at('backbone'), config);
  const network = proposalNetwork(root.at('rpn').at('head'), { channels: trunk.channels, stride: trunk.stride, hidden: config.rpnChannels, anchors: config.anchors, rpn: config.rpn });
  const compute = (images: readonly RgbImage[], pass: Pass, minSizes?: readonly number[]): { predictions: ReturnType<typeof network.predict>; extents: Extents } => {
    const { pixels, ...batch } = imageBatch(images, config.image, { minSizes });
    const grids: Size[] = [];
    const predictions = tf.tidy(() => {
      const maps = trunk.maps(pixels, pass);
      grids.push(...maps.map(({ shape: [, height, width] }) => ({ width, height })));
      return { ...network.predict(maps) };
    });
    pixels.dispose();
    return { predictions, extents: { grids, ...batch } };
  };
  return {
    config,
    parameters: root.all(),
    losses: (images, objects, sampling) =>
      tf.tidy(() => {
        checkObjects(images, objects, config.classes.length);
        const { predictions, extents } = compute(images, { training: true }, drawMinSizes(images.length, config.image, sampling));
        const scaled = objects.map(({ boxes }, i) => ({ boxes: resizedBoxes(boxes, images[i], extents.sizes[i]) }));
        return network.learn(predictions, extents, scaled, sampling).losses;
      }),
    detect: async (images, _proposals, { onPart } = {}) => {
      const { predictions, extents } = compute(images, { training: false });
      try {
        await featuresEnd(Object.values(predictions), onPart);
        const proposals = await network.propose(predictions, extents);
        onPart?.('proposals');
        return proposals.map(({ boxes, scores }, i) => ({
          boxes: resizedBoxes(boxes, extents.sizes[i], images[i]),
          labels: new Int32Array(scores.length).fill(1),
          scores,
        }));
      } finally {
        tf.dispose({ ...predictions });
      }
    },
    dispose: root.dispose,
  };
}
