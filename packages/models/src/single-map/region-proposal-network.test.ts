import { prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRegionTrunk } from '../fast-rcnn/region-trunk.ts';
import { detectron2FasterRcnnR50C4, paperFasterRcnnVgg16, proposalStep, regionNetworkNames, regionProposalNetwork, smallFastRcnn, type SingleMapFasterRcnnConfig } from '../index.ts';
import { imageOf } from '../testing/image.ts';

/** Of a network's convolutions, every anchor a proposal where it stands. */
const standing = (name: (typeof regionNetworkNames)[number]): SingleMapFasterRcnnConfig => {
  const paper = paperFasterRcnnVgg16(['a']);
  return {
    ...paper,
    image: { ...paper.image, minSize: 128, maxSize: 160 },
    backbone: { ...paper.backbone, name, width: 0.05, hidden: [4, 4] } as SingleMapFasterRcnnConfig['backbone'],
    anchors: { sizes: [[8]], ratios: [1], form: 'torchvision' },
    rpnChannels: 4,
    rpn: { ...paper.rpn, minSize: 0, nmsThreshold: 1, regression: false, test: { preNms: 1000, postNms: 1000 } },
  };
};

describe('a region proposal network on one map', () => {
  beforeAll(async () => {
    await prepareEngine({ engine: 'wasm' });
  });

  it.each(regionNetworkNames)("%s's anchors stand at its own stride, 16 px, whatever its layers pad", async (name) => {
    const model = regionProposalNetwork(proposalStep(standing(name)), createRng(1));
    const [{ boxes }] = await model.detect([imageOf(160, 128, 1)]);
    const across = new Set<number>();
    for (let i = 0; i < boxes.length; i += 4) if (boxes[i] > 0 && boxes[i + 2] < 160) across.add((boxes[i] + boxes[i + 2]) / 2);
    expect([...across].sort((a, b) => a - b)).toEqual(Array.from(across, (_, i) => 16 * (i + 1)));
    expect(across.size).toBeGreaterThan(6);
    model.dispose();
  });

  it('with regions on it has the same stride; over a pyramid there is none', () => {
    const c4 = detectron2FasterRcnnR50C4(['a']);
    const fpn = smallFastRcnn(['a']);
    const configs = [standing('zf'), { ...c4, backbone: { ...c4.backbone, width: 0.05 } }, { ...fpn, backbone: { ...fpn.backbone, width: 0.05 } }];
    const strides = configs.map((config) => {
      const root = createParameters(createRng(1));
      const { stride } = createRegionTrunk(root, config);
      root.dispose();
      return stride;
    });
    expect(strides).toEqual([16, 16, undefined]);
  });
});
