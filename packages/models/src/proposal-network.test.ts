import { prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallFasterRcnn } from './index.ts';
import { proposalNetwork } from './proposal-network.ts';

describe('a region proposal network', () => {
  beforeAll(async () => {
    await prepareEngine({ engine: 'cpu' });
  });

  it.each([['input', 12, 1], ['image', 12, 0], ['image', 8, 1]] as const)('proposes what is large enough in pixels of the %s: of %d px', async (minSizeIn, minSize, proposals) => {
    const { rpn } = smallFasterRcnn(['a']);
    const network = proposalNetwork(createParameters(createRng(1)), {
      channels: 1, stride: 32, anchors: { sizes: [[16, 32]], ratios: [1], form: 'detectron2' },
      rpn: { ...rpn, regression: false, nmsThreshold: 1, minSize, minSizeIn },
    });
    // One cell, whose anchors are cut at the image's corner to 8 px and 16 px of the input, two of which are one of the image.
    const extents = { grids: [{ width: 1, height: 1 }], input: { width: 32, height: 32 }, sizes: [{ width: 32, height: 32 }], scales: [2] };
    const predictions = { objectness: tf.zeros<tf.Rank.R2>([1, 2]), deltas: tf.zeros<tf.Rank.R3>([1, 2, 4]) };
    const [{ boxes }] = await network.propose(predictions, extents);
    expect(boxes).toHaveLength(4 * proposals);
    tf.dispose(predictions);
  });

  it('refuses levels of different numbers of anchors', () => {
    const { anchors, rpn } = smallFasterRcnn(['a']);
    const create = (sizes: number[][]) => () => proposalNetwork(createParameters(createRng(1)), { channels: 4, anchors: { ...anchors, sizes }, rpn });
    expect(create([[16, 24], [40], [80, 112]])).toThrow('config: expected as many sizes of anchors on every level, got 2 on level 1 and 1 on level 2');
  });
});
