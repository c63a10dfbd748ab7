import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, asKeypoints, createRng, emptyBoxes, type Keypoints } from '@rcnn/geometry';
import { gradientsOf, trainable, type Parameter } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import golden from '../fixtures/keypoint-rcnn.json' with { type: 'json' };
import { createDetector, keypointRcnn, loadStateDict, smallKeypointRcnn, torchvisionKeypointRcnnResnet50Fpn, type KeypointRcnn, type KeypointRcnnConfig, type LoadReport, type Objects } from '../index.ts';
import { toStateDictLayout } from '../state-dict.ts';
import { formulaState } from '../testing/formula-state.ts';
import { imageOf } from '../testing/image.ts';
import { expectSummary } from '../testing/summary.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';

const { detector } = golden;
const images = golden.images.map(([width, height, seed]) => imageOf(width, height, seed));
const objects: readonly (Objects & { readonly keypoints: Keypoints })[] = golden.objects.map(({ boxes, labels }, i) => ({
  boxes: asBoxes(boxes.flat()), labels: Int32Array.from(labels), keypoints: asKeypoints(golden.keypoints[i].flat(2), 3),
}));

function config(): KeypointRcnnConfig {
  const standard = torchvisionKeypointRcnnResnet50Fpn(['a', 'b', 'c'], { names: golden.names });
  return {
    ...standard,
    image: { ...standard.image, minSize: 64, maxSize: 96, trainSizes: [64] },
    backbone: { ...standard.backbone, name: 'resnet18', frozen: [] },
    fpn: { ...standard.fpn, channels: 16 },
    anchors: { ...standard.anchors, sizes: [[8], [16], [32], [48], [64]] },
    rpn: { ...standard.rpn, samples: 100000, train: { preNms: 200, postNms: 150 }, test: { preNms: 100, postNms: 60 } },
    box: { ...standard.box, samples: 100000, resolution: 5, hidden: 32, canonicalSize: 56, scoreThreshold: detector.scoreThreshold, nmsThreshold: 0.4, limit: 12 },
    keypoints: { ...standard.keypoints, ...golden.settings },
  };
}

describe.each((await availableEngines()).filter((engine) => engine !== 'cpu'))('Keypoint R-CNN on %s', (engine) => {
  let model: KeypointRcnn;
  let report: LoadReport;

  beforeAll(async () => {
    await prepareEngine({ engine });
    model = keypointRcnn(config(), createRng(0));
    report = loadStateDict(model.parameters, formulaState(detector.tensors, detector.gains));
  });

  afterAll(() => model.dispose());

  it("has torchvision's parameters, every one and no other", () => {
    expect([report.missing, report.unused]).toEqual([[], []]);
  });

  it("finds torchvision's detections, their keypoints and the scores of these", async () => {
    const before = tf.memory();
    const parts: string[] = [];
    const found = await model.detect(images, undefined, { onPart: (part) => parts.push(part) });
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    expect(parts).toEqual(['features', 'proposals', 'boxes', 'keypoints']);
    found.forEach(({ boxes, labels, scores, keypoints = [], keypointScores = [] }, image) => {
      const expected = detector.detections[image];
      expect([...labels]).toEqual(expected.labels);
      expectNear(boxes, floats(expected.boxes), 1e-3);
      expectNear(scores, floats(expected.scores), 1e-4);
      expectNear(keypoints, floats(expected.keypoints), 1e-3);
      expectNear(keypointScores, floats(expected.keypointScores), 1e-4);
    });
  });

  it("has torchvision's losses to 1e-4 and gradients to 1e-3", () => {
    const before = tf.memory().numTensors;
    const { losses, gradients } = gradientsOf(trainable(model.parameters), () => model.losses(images, objects, createRng(0)));
    expect(Object.keys(losses).sort()).toEqual(Object.keys(detector.losses).sort());
    for (const [name, loss] of Object.entries(detector.losses)) {
      expect(Math.abs(losses[name as keyof typeof losses] / loss - 1), name).toBeLessThan(1e-4);
    }
    const layouts = new Map<string, Parameter['layout']>(model.parameters.map(({ name, layout }) => [name, layout]));
    for (const [name, summary] of Object.entries(detector.gradients)) {
      const [gradient, layout] = [gradients.get(name), layouts.get(name)];
      if (gradient === undefined || layout === undefined) throw new Error(`no gradient of ${name}`);
      expectSummary(toStateDictLayout({ shape: gradient.shape, data: gradient.dataSync<'float32'>() }, layout), summary, 1e-3, name);
    }
    tf.dispose([...gradients.values()]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns from an image without objects, and from objects without labelled keypoints', () => {
    const learn = (boxes: Objects['boxes'], keypoints: Keypoints): number => {
      const labels = new Int32Array(boxes.length / 4).fill(1);
      return tf.tidy(() => model.losses([images[0]], [{ boxes, labels, keypoints }], createRng(0)).keypoint.dataSync()[0]);
    };
    const { boxes, keypoints } = objects[0];
    expect(learn(emptyBoxes(0), asKeypoints([], 3))).toBe(0);
    expect(learn(boxes, asKeypoints(new Float32Array(keypoints.length), 3))).toBe(0);
    expect(learn(boxes, keypoints)).toBeGreaterThan(0);
  });

  it('refuses objects without keypoints, and keypoints that are not as many as their names say', () => {
    const [{ boxes, labels }] = objects;
    const learn = (keypoints?: Keypoints) => () => {
      tf.tidy(() => {
        model.losses([images[0]], [{ boxes, labels, ...(keypoints && { keypoints }) }], createRng(0));
      });
    };
    expect(learn()).toThrow('keypointRcnn: expected 3 keypoints of each of 3 objects of image 0, 9 in all, got none');
    expect(learn(asKeypoints([1, 2, 2], 1))).toThrow('keypointRcnn: expected 3 keypoints of each of 3 objects of image 0, 9 in all, got 1');
  });
});

describe.each((await availableEngines()).slice(0, 1))('Presets of Keypoint R-CNN on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it("torchvision's has as many numbers as its released weights: 59,137,258 with frozen batch norm's not counted", () => {
    // The head alone: the rest is a Faster R-CNN of two classes, whose number is 41,299,161.
    const standard = torchvisionKeypointRcnnResnet50Fpn();
    expect(standard.keypoints).toMatchObject({ resolution: 14, layers: 8, hidden: 512 });
    const { layers, hidden, names } = standard.keypoints;
    const convolutions = 9 * 256 * hidden + hidden + (layers - 1) * (9 * hidden * hidden + hidden);
    expect(convolutions + 16 * hidden * names.length + names.length).toBe(59_137_258 - 41_299_161);
  });

  it('the small one starts with no knowledge: every cell is as likely', () => {
    const model = createDetector(smallKeypointRcnn(['a', 'b', 'c'], { names: golden.names }, { minSize: 64, maxSize: 96 }), createRng(3));
    const loss = tf.tidy(() => model.losses(images, objects, createRng(0))['keypoint'].dataSync()[0]);
    expect(loss / Math.log(56 * 56)).toBeGreaterThan(0.8);
    expect(loss / Math.log(56 * 56)).toBeLessThan(1.3);
    model.dispose();
  });
});
