import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng, emptyBoxes } from '@rcnn/geometry';
import { gradientsOf, trainable } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from '../fixtures/mask-rcnn-single-map.json' with { type: 'json' };
import { loadStateDict, paperMaskRcnnR50C4, singleMapMaskRcnn, smallSingleMapMaskRcnn, torchvisionMaskRcnnResnet50Fpn, type SingleMapMaskRcnnConfig } from '../index.ts';
import { formulaState } from '../testing/formula-state.ts';
import { expectGoldenDetections, expectGoldenLearning, goldenImages } from '../testing/golden-masks.ts';
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

/** A quarter of a ResNet-18, composed of torchvision's parts, and its samplers take every anchor and every region. */
function goldenConfig(): SingleMapMaskRcnnConfig {
  const { image: pixels, rpn, backbone, box } = torchvisionMaskRcnnResnet50Fpn(['a', 'b', 'c']);
  const paper = paperMaskRcnnR50C4(['a', 'b', 'c']);
  const { foreground, positiveFraction, weights, beta } = box;
  return {
    ...paper,
    image: { ...pixels, minSize: 64, maxSize: 96 },
    backbone: { ...backbone, name: 'resnet18', width: 0.25, levels: [4, 4], frozen: [] },
    anchors: { sizes: [[8, 16, 32, 48]], ratios: paper.anchors.ratios, form: 'torchvision' },
    rpnChannels: 64,
    rpn: { ...rpn, samples: 100000, train: { preNms: 200, postNms: 150 }, test: { preNms: 100, postNms: 60 } },
    operator: { kind: 'align', resolution: golden.resolution, samplingRatio: 2, aligned: false },
    box: { foreground, positiveFraction, weights, beta, samples: 100000, scoreThreshold: golden.detector.scoreThreshold, nmsThreshold: 0.4, limit: 12 },
    mask: { hidden: golden.hidden, classes: 'independent', targets: 'soft', threshold: 0.5 },
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
    const parts: string[] = [];
    const together = await model.detect([image, other], undefined, { onPart: (part) => parts.push(part) });
    expect(parts).toEqual(['features', 'proposals', 'boxes', 'masks']);
    expect(tf.memory().numTensors).toBe(before);
    together.forEach(({ masks = [], labels }, i) => {
      expect(labels.length).toBeGreaterThan(0);
      expect(masks).toHaveLength(labels.length);
      expect([masks[0].width, masks[0].height]).toEqual(i === 0 ? [96, 64] : [70, 80]);
    });
    model.dispose();
  });

  it("has the parameters, detections, masks, losses and gradients of torchvision's parts composed so", async () => {
    const model = singleMapMaskRcnn(goldenConfig(), createRng(0));
    const { missing, unused } = loadStateDict(model.parameters, formulaState(golden.detector.tensors, golden.detector.gains));
    expect([missing, unused]).toEqual([[], []]);
    expectGoldenDetections(await model.detectSoft(goldenImages), golden.detector);
    expectGoldenLearning(model, golden.detector);
    model.dispose();
  });
});

it('is in the paper 64 regions an image, and so in the small one', () => {
  expect([paperMaskRcnnR50C4(['a']).box.samples, smallSingleMapMaskRcnn(['a']).box.samples]).toEqual([64, 64]);
});
