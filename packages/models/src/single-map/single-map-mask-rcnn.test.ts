import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng, emptyBoxes } from '@rcnn/geometry';
import { gradientsOf, trainable } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { paperMaskRcnnR50C4, singleMapMaskRcnn, type SingleMapMaskRcnnConfig } from '../index.ts';
import { imageOf } from '../testing/image.ts';
import { stripes } from '../testing/stripes.ts';

const image = imageOf(96, 64, 1);
const boxes = asBoxes([10, 12, 42, 40, 50, 20, 90, 60]);
const objects = { boxes, labels: Int32Array.of(1, 2), masks: stripes(boxes, 96, 64) };

function config(): SingleMapMaskRcnnConfig {
  const paper = paperMaskRcnnR50C4(['a', 'b']);
  return {
    ...paper,
    image: { ...paper.image, minSize: 64, maxSize: 96 },
    backbone: { ...paper.backbone, name: 'resnet18', norm: 'folded', width: 0.125, frozen: [] },
    anchors: { ...paper.anchors, sizes: [[16, 32]] },
    rpnChannels: 16,
    rpn: { ...paper.rpn, samples: 32, train: { preNms: 100, postNms: 40 }, test: { preNms: 100, postNms: 20 } },
    box: { ...paper.box, samples: 16, scoreThreshold: 0, limit: 8 },
    mask: { ...paper.mask, hidden: 8 },
  };
}

describe.each((await availableEngines()).filter((engine) => engine !== 'cpu'))('Mask R-CNN on one map, on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('has five losses, gradients for the mask head and for the stage that it shares with the boxes, and leaves no tensor behind', () => {
    const model = singleMapMaskRcnn(config(), createRng(1));
    const before = tf.memory().numTensors;
    const { losses, gradients } = gradientsOf(trainable(model.parameters), () => model.losses([image, image], [objects, { boxes: emptyBoxes(0), labels: new Int32Array(0), masks: [] }], createRng(0)));
    expect(losses.mask).toBeCloseTo(Math.log(2), 1);
    expect(Object.values(losses).every((loss) => Number.isFinite(loss))).toBe(true);
    for (const name of ['roi_heads.mask_predictor.conv5_mask.weight', 'roi_heads.mask_predictor.mask_fcn_logits.bias', 'backbone.body.layer4.0.conv1.weight', 'backbone.body.conv1.weight']) {
      expect(gradients.get(name)?.dataSync().some((value) => value !== 0), name).toBe(true);
    }
    tf.dispose([...gradients.values()]);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('finds boxes with masks of the size of the image, each image by itself', async () => {
    const model = singleMapMaskRcnn(config(), createRng(1));
    const before = tf.memory().numTensors;
    const other = imageOf(70, 80, 5);
    const together = await model.detect([image, other]);
    expect(tf.memory().numTensors).toBe(before);
    together.forEach(({ masks = [], labels }, i) => {
      expect(labels.length).toBeGreaterThan(0);
      expect(masks).toHaveLength(labels.length);
      expect([masks[0].width, masks[0].height]).toEqual(i === 0 ? [96, 64] : [70, 80]);
    });
    model.dispose();
  });
});
