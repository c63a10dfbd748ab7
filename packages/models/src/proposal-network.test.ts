import { prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallFasterRcnn } from './index.ts';
import { proposalNetwork } from './proposal-network.ts';

describe('a region proposal network', () => {
  beforeAll(async () => {
    await prepareEngine({ engine: 'cpu' });
  });

  it('refuses levels of different numbers of anchors', () => {
    const { anchors, rpn } = smallFasterRcnn(['a']);
    const create = (sizes: number[][]) => () => proposalNetwork(createParameters(createRng(1)), { channels: 4, anchors: { ...anchors, sizes }, rpn });
    expect(create([[16, 24], [40], [80, 112]])).toThrow('config: expected as many sizes of anchors on every level, got 2 on level 1 and 1 on level 2');
  });
});
