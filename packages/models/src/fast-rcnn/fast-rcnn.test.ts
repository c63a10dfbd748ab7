import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, boxIou, createRng, emptyBoxes } from '@rcnn/geometry';
import { createParameters, sgd, trainable } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  batchGradients, createDetector, detectionStep, detectron2FasterRcnnR50C4, fastRcnn, nearestScales, paperFastRcnn, paperFastRcnnL, paperFastRcnnM, paperFastRcnnS,
  paperFasterRcnnVgg16, paperFasterRcnnZf, proposalStart, proposalStep, pyFasterRcnn, smallFasterRcnn, smallFastRcnn, smallSingleMapFasterRcnn, stateDict, trainingStep,
  unifiedParameters, withSharedLayersFixed, type Detector, type DetectorConfig, type FastRcnnConfig, type SingleMapFasterRcnnConfig,
} from '../index.ts';
import { imageOf } from '../testing/image.ts';
import { createRegionTrunk } from './region-trunk.ts';

const classes = ['a', 'b'];
const boxes = asBoxes([4, 8, 36, 32, 30, 36, 60, 62]);
const proposals = asBoxes([5, 8, 37, 33, 29, 35, 61, 61, 0, 0, 20, 20, 40, 4, 60, 30, 2, 30, 30, 60]);
const batch = { images: [imageOf(64, 64, 3)], objects: [{ boxes, labels: Int32Array.of(1, 2), proposals }] };
const image = { minSize: 64, maxSize: 64 };

const tinyFpn = (change: Partial<FastRcnnConfig['box']> = {}): FastRcnnConfig => {
  const small = smallFastRcnn(classes);
  const layers = small.regions.kind === 'layers' ? { ...small.regions, hidden: [16, 16] as const } : small.regions;
  return {
    ...small, image: { ...small.image, ...image }, backbone: { ...small.backbone, width: 0.25 }, fpn: { channels: 8, norm: 'none' }, regions: layers,
    box: { ...small.box, background: [0, 0.5], ...change },
  };
};
const tinyNetwork = (): FastRcnnConfig => {
  const paper = paperFastRcnn(classes, 'squeezenet1_0');
  return { ...paper, image: { ...paper.image, ...image }, backbone: { ...paper.backbone, name: 'squeezenet1_0', norm: 'folded', width: 0.25, hidden: [16, 16] } };
};
const tinySingleMap = (): SingleMapFasterRcnnConfig => {
  const small = smallSingleMapFasterRcnn(classes);
  return { ...small, image: { ...small.image, ...image }, backbone: { name: 'zf', width: 0.125, hidden: [16, 16], norm: 'folded', frozen: [] }, rpnChannels: 8 };
};
const tinyC4 = (): SingleMapFasterRcnnConfig => {
  const c4 = detectron2FasterRcnnR50C4(classes);
  return {
    ...c4, image: { ...c4.image, ...image }, backbone: { ...c4.backbone, name: 'resnet18', norm: 'folded', width: 0.25, levels: [4, 4], frozen: [] } as SingleMapFasterRcnnConfig['backbone'],
    anchors: { ...c4.anchors, sizes: [[16, 32]] }, rpnChannels: 8, box: { ...c4.box, samples: 16 },
    regions: { kind: 'stage', operator: { kind: 'align', resolution: 4, samplingRatio: 0, aligned: true } },
    rpn: { ...c4.rpn, train: { preNms: 60, postNms: 20 }, test: { preNms: 60, postNms: 20 } },
  };
};
const total = (losses: Readonly<Record<string, number>>): number => Object.values(losses).reduce((sum, loss) => sum + loss, 0);

const configs: readonly (readonly [string, DetectorConfig])[] = [
  ['Fast R-CNN over a pyramid', tinyFpn()],
  ['Fast R-CNN over a pyramid, hard examples and boxes that classes share', tinyFpn({ sampling: 'hard', samples: 4, boxes: 'agnostic' })],
  ['Fast R-CNN over a pyramid, boxes learnt by generalized IoU', tinyFpn({ loss: 'giou', lambda: 3 })],
  ['Fast R-CNN over a classifier network', tinyNetwork()],
  ['Faster R-CNN on ZF', tinySingleMap()],
  ['Faster R-CNN on ZF, images of several sizes', { ...tinySingleMap(), image: { ...tinySingleMap().image, trainSizes: [48, 64, 80], maxSize: 80 } }],
  ['Faster R-CNN on a C4', tinyC4()],
  ['a region proposal network', proposalStep(tinySingleMap())],
];

describe.each((await availableEngines()).filter((engine) => engine !== 'cpu'))('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each(configs)('%s learns, detects, says the end of each part, and leaves nothing behind', async (_, config) => {
    const before = tf.memory().numTensors;
    const model: Detector = createDetector(config, createRng(1));
    const optimizer = sgd(trainable(model.parameters), { clipNorm: 5 });
    const rng = createRng(2);
    const losses = Array.from({ length: 6 }, () => total(trainingStep(model, optimizer, batch, rng, 0.01).losses));
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(Math.min(...losses.slice(3))).toBeLessThan(losses[0]);
    const parts: string[] = [];
    const [found] = await model.detect(batch.images, [proposals], { onPart: (part) => parts.push(part) });
    expect([...new Set(parts)]).toEqual(config.model === 'fast-rcnn' ? ['features', 'boxes'] : ['features', 'proposals', ...(config.model === 'rpn' ? [] : ['boxes'])]);
    expect(found.boxes.length).toBe(4 * found.scores.length);
    expect(found.boxes.every((side) => side >= 0 && side <= 64)).toBe(true);
    optimizer.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('Fast R-CNN passes over a batch whose proposals leave no region to learn from', () => {
    const model = createDetector(tinyFpn({ background: [0.1, 0.5] }), createRng(1));
    const objects = [{ boxes: emptyBoxes(0), labels: new Int32Array(0), proposals }];
    const { losses, gradients } = batchGradients(model, { images: batch.images, objects }, createRng(2));
    expect([losses, gradients.size]).toEqual([{ classification: 0, box: 0 }, 0]);
    model.dispose();
  });

  it('finds the objects it has learnt among the proposals, at several scales as at one', async () => {
    const config = tinyFpn();
    const model = fastRcnn({ ...config, scales: { train: [], test: [] } }, createRng(1));
    const optimizer = sgd(trainable(model.parameters), { clipNorm: 5 });
    const rng = createRng(2);
    for (let i = 0; i < 25; i++) trainingStep(model, optimizer, batch, rng, 0.02);
    const [found] = await model.detect(batch.images, [proposals]);
    const ious = boxIou(boxes, found.boxes);
    [0, 1].forEach((object) => {
      const matching = [...found.labels.keys()].filter((i) => found.labels[i] === object + 1);
      expect(Math.max(...matching.map((i) => ious[object * found.labels.length + i]))).toBeGreaterThan(0.7);
    });
    const pyramid = fastRcnn({ ...config, scales: { train: [64, 96], test: [64, 64] } }, createRng(1));
    pyramid.parameters.forEach(({ variable }, i) => variable.assign(model.parameters[i].variable));
    const [again] = await pyramid.detect(batch.images, [proposals]);
    expect([...again.labels]).toEqual([...found.labels]);
    again.scores.forEach((score, i) => expect(score).toBeCloseTo(found.scores[i], 5));
    optimizer.dispose();
    model.dispose();
    pyramid.dispose();
  });

  it('over CaffeNet pads conv1 by 5 pixels and the poolings by 1, as model S does', () => {
    const paper = paperFastRcnnS(classes);
    const parameters = createParameters(createRng(1));
    const trunk = createRegionTrunk(parameters, { ...paper, backbone: { ...paper.backbone, name: 'caffenet', norm: 'folded', width: 0.125, hidden: [8, 8], frozen: [] } });
    // 64 pixels: 16 of conv1, 9 and 5 of the poolings; the classifier itself would leave 14, 7 and 3.
    expect(tf.tidy(() => trunk.maps(tf.zeros([1, 64, 64, 3]), { training: false })[0].shape)).toEqual([1, 5, 5, 32]);
    parameters.dispose();
  });

  it('asks for proposals in one line', async () => {
    const model = fastRcnn(tinyNetwork(), createRng(1));
    await expect(model.detect(batch.images)).rejects.toThrow('Fast R-CNN: expected proposals for 1 images, got them for none');
    expect(() => model.losses(batch.images, [{ boxes, labels: Int32Array.of(1, 2) }], createRng(1))).toThrow('Fast R-CNN: expected proposals with the objects to learn from, got none');
    model.dispose();
  });

  it('the steps of alternating training have the parts of one Faster R-CNN, by name', () => {
    const small = smallFasterRcnn(classes);
    for (const config of [{ ...small, backbone: { ...small.backbone, width: 0.25 }, fpn: { ...small.fpn, channels: 8 }, box: { ...small.box, hidden: 16 } }, tinySingleMap()]) {
      const [whole, first, second] = [config, proposalStep(config), detectionStep(config)].map((each) => createDetector(each, createRng(1)));
      const names = (model: Detector): string[] => model.parameters.map(({ name }) => name).sort();
      const [proposed, detected] = [stateDict(first.parameters), stateDict(second.parameters)];
      expect([...unifiedParameters(proposed, detected).keys()].sort()).toEqual(names(whole));
      expect([...proposalStart(proposed, detected).keys()]).toEqual(expect.arrayContaining(names(first)));
      const fixed = withSharedLayersFixed(detectionStep(config)).backbone.frozen;
      const left = trainable(second.parameters, fixed).map(({ name }) => name);
      expect(left.length).toBeGreaterThan(3);
      expect(left.every((name) => name.startsWith('roi_heads.') || name.startsWith('backbone.fc'))).toBe(true);
      expect(trainable(first.parameters, withSharedLayersFixed(proposalStep(config)).backbone.frozen).every(({ name }) => name.startsWith('rpn.'))).toBe(true);
      for (const model of [whole, first, second]) model.dispose();
    }
  });
});

describe('scales of regions', () => {
  it('are those at which a region is nearest to 224² pixels', () => {
    const scales = nearestScales(asBoxes([0, 0, 224, 224, 0, 0, 112, 112, 0, 0, 60, 60]), { width: 600, height: 600 }, [300, 600, 1200], { maxSize: 2000 });
    expect([...scales]).toEqual([1, 2, 2]);
  });
});

describe('presets', () => {
  it('say the published numbers', () => {
    expect([paperFastRcnnS(classes), paperFastRcnnM(classes), paperFastRcnnL(classes)].map(({ backbone }) => [backbone.name, 'hidden' in backbone && backbone.hidden])).toEqual([
      ['caffenet', [4096, 4096]], ['vgg_cnn_m_1024', [4096, 1024]], ['vgg16', [4096, 4096]],
    ]);
    const { box, image: pixels } = paperFastRcnnL(classes);
    expect([pixels.minSize, pixels.maxSize, box.samples, box.positiveFraction, box.background, box.beta, box.nmsThreshold]).toEqual([600, 1000, 64, 0.25, [0.1, 0.5], 1, 0.3]);
    expect(paperFastRcnnL(classes)).toMatchObject({
      classifier: 'softmax',
      svm: {
        cost: 1e-3, positiveWeight: 2, bias: 10, negativeBelow: 0.3, negativeFrom: 0, featureNorm: 20, statistics: { images: 100 },
        hardThreshold: -1.0001, evictThreshold: -1.1, retrainAfter: 2000, perImage: 40,
      },
    });
    const { rpn, rpnChannels, anchors } = paperFasterRcnnVgg16(classes);
    expect([rpn.train, rpn.test, rpn.nmsThreshold, rpn.lambda, rpn.boundary, rpnChannels, anchors.sizes]).toEqual([
      { preNms: 12000, postNms: 2000 }, { preNms: 6000, postNms: 300 }, 0.7, 10, 0, 512, [[128, 256, 512]],
    ]);
    expect([paperFasterRcnnZf(classes).rpnChannels, pyFasterRcnn(classes).rpn.normalization]).toEqual([256, 'sampled']);
  });
});
