import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng, emptyBoxes, maskFromRle, pasteMask, rleArea, rleFromMask } from '@rcnn/geometry';
import { gradientsOf, trainable } from '@rcnn/nn';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/mask-rcnn.json' with { type: 'json' };
import goldenV2 from './fixtures/mask-rcnn-v2.json' with { type: 'json' };
import { loadStateDict, maskRcnn, poolingNames, torchvisionMaskRcnnResnet50Fpn, torchvisionMaskRcnnResnet50FpnV2, type LoadReport, type MaskRcnn, type MaskRcnnConfig } from './index.ts';
import { formulaState } from './testing/formula-state.ts';
import { expectGoldenDetections, expectGoldenLearning, goldenImages as images, goldenObjects as objects } from './testing/golden-masks.ts';
import { stripes } from './testing/stripes.ts';

const { detector } = golden;

function config(change: Partial<MaskRcnnConfig['mask']> = {}): MaskRcnnConfig {
  const standard = torchvisionMaskRcnnResnet50Fpn(['a', 'b', 'c']);
  return {
    ...standard,
    image: { ...standard.image, minSize: 64, maxSize: 96 },
    backbone: { ...standard.backbone, name: 'resnet18', frozen: [] },
    fpn: { ...standard.fpn, channels: 16 },
    anchors: { ...standard.anchors, sizes: [[8], [16], [32], [48], [64]] },
    rpn: { ...standard.rpn, samples: 100000, train: { preNms: 200, postNms: 150 }, test: { preNms: 100, postNms: 60 } },
    box: { ...standard.box, samples: 100000, resolution: 5, hidden: 32, canonicalSize: 56, scoreThreshold: detector.scoreThreshold, nmsThreshold: 0.4, limit: 12 },
    mask: { ...standard.mask, ...golden.mask, ...change },
  };
}

describe.each((await availableEngines()).filter((engine) => engine !== 'cpu'))('Mask R-CNN on %s', (engine) => {
  let model: MaskRcnn;
  let report: LoadReport;

  beforeAll(async () => {
    await prepareEngine({ engine });
    model = maskRcnn(config(), createRng(0));
    report = loadStateDict(model.parameters, formulaState(detector.tensors, detector.gains));
  });

  afterAll(() => model.dispose());

  it("has torchvision's parameters, every one and no other", () => {
    expect([report.missing, report.unused]).toEqual([[], []]);
  });

  it("finds torchvision's detections, and their pasted masks to 1e-3 a pixel", async () => {
    const before = tf.memory();
    const found = await model.detectSoft(images);
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    expectGoldenDetections(found, detector);
  });

  it('gives masks of the size of the image: the pasted ones, cut at one half', async () => {
    const parts: string[] = [];
    const [soft, hard] = [await model.detectSoft(images), await model.detect(images, undefined, { onPart: (part) => parts.push(part) })];
    expect(parts).toEqual(['features', 'proposals', 'boxes', 'masks']);
    hard.forEach(({ masks = [], boxes, labels }, image) => {
      const { width, height } = images[image];
      expect(masks).toHaveLength(labels.length);
      masks.forEach((rle, i) => {
        const pasted = pasteMask(soft[image].probabilities.subarray(144 * i, 144 * i + 144), boxes.subarray(4 * i, 4 * i + 4), height, width);
        expect([...maskFromRle(rle)]).toEqual(Array.from(pasted, (value) => (value > 0.5 ? 1 : 0)));
      });
    });
    expect(hard.flatMap(({ masks = [] }) => masks.map(rleArea)).some((area) => area > 0)).toBe(true);
  });

  it("has torchvision's losses to 1e-4 and gradients to 1e-3", () => {
    expectGoldenLearning(model, detector);
  });

  it('learns from an image without objects, and from objects without masks', () => {
    const before = tf.memory().numTensors;
    const learn = (masks: (typeof objects)[number]['masks'] | undefined[], boxes = objects[0].boxes) => {
      const labels = objects[0].labels.slice(0, boxes.length / 4);
      const { losses, gradients } = gradientsOf(trainable(model.parameters), () => model.losses([images[0]], [{ boxes, labels, masks }], createRng(0)));
      tf.dispose([...gradients.values()]);
      return losses;
    };
    expect(learn([], emptyBoxes(0)).mask).toBe(0);
    expect(learn([undefined, undefined, undefined]).mask).toBe(0);
    expect(learn(objects[0].masks).mask).toBeGreaterThan(0);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns from 500 objects in one image', () => {
    const boxes = asBoxes(Array.from({ length: 500 }, (_, i) => [i % 90, i % 60, (i % 90) + 3 + (i % 4), (i % 60) + 3 + (i % 3)]).flat());
    const many = { boxes, labels: new Int32Array(500).fill(1), masks: stripes(boxes, 96, 64) };
    const losses = tf.tidy(() => Object.values<tf.Scalar>(model.losses([images[0]], [many], createRng(0))).map((loss) => loss.dataSync()[0]));
    expect(losses.every((loss) => Number.isFinite(loss) && loss > 0), losses.join()).toBe(true);
  });

  it('refuses objects without a list of masks, and masks that are not of the size of the image', () => {
    const [{ boxes, labels }] = objects;
    const learn = (masks?: (typeof objects)[number]['masks']) => () => {
      tf.tidy(() => {
        model.losses([images[0]], [{ boxes, labels, ...(masks && { masks }) }], createRng(0));
      });
    };
    expect(learn()).toThrow('maskRcnn: expected a mask for each of 3 objects of image 0, got none');
    expect(learn([])).toThrow('maskRcnn: expected a mask for each of 3 objects of image 0, got 0');
    const large = rleFromMask(new Uint8Array(200 * 100), 200, 100);
    expect(learn([large, large, large])).toThrow('maskRcnn: expected masks of the size of image 0, 64 × 96, got one of 200 × 100');
  });
});

describe.each((await availableEngines()).filter((engine) => engine !== 'cpu'))("torchvision's second preset of Mask R-CNN on %s", (engine) => {
  it('has its parameters, detections, masks, losses and gradients', async () => {
    await prepareEngine({ engine });
    const [standard, v2, small] = [config(), torchvisionMaskRcnnResnet50FpnV2(['a', 'b', 'c']), goldenV2.detector];
    // Nothing but extents is set: norms, and the depths of the heads, are the preset's.
    const model = maskRcnn(
      {
        ...v2,
        image: standard.image,
        backbone: { ...v2.backbone, name: 'resnet18', frozen: [] },
        fpn: { ...v2.fpn, channels: 16 },
        anchors: standard.anchors,
        rpn: { ...v2.rpn, samples: 100000, train: standard.rpn.train, test: standard.rpn.test },
        box: { ...v2.box, samples: 100000, resolution: 5, hidden: 32, convolutions: 2, canonicalSize: 56, scoreThreshold: small.scoreThreshold, nmsThreshold: 0.4, limit: 12 },
        mask: { ...v2.mask, ...golden.mask },
      },
      createRng(0),
    );
    const { missing, unused } = loadStateDict(model.parameters, formulaState(small.tensors, small.gains));
    expect([missing, unused]).toEqual([[], []]);
    expectGoldenDetections(await model.detectSoft(images), small);
    expectGoldenLearning(model, small);
    model.dispose();
  });
});

describe.each((await availableEngines()).slice(0, 1))("Mask R-CNN's ablations on %s", (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each([
    ...poolingNames.map((pooling) => ({ pooling }) as const),
    { mask: { classes: 'multinomial' } } as const,
    { mask: { classes: 'agnostic' } } as const,
    { mask: { head: 'mlp' } } as const,
    { mask: { targets: 'binary' } } as const,
  ])('%o has a loss, gradients for its mask head, and masks', async ({ pooling = 'align', mask = {} }: { pooling?: MaskRcnnConfig['pooling']; mask?: Partial<MaskRcnnConfig['mask']> }) => {
    const standard = config(mask);
    const model = maskRcnn({ ...standard, pooling, box: { ...standard.box, scoreThreshold: 0 } }, createRng(3));
    const { losses, gradients } = gradientsOf(trainable(model.parameters), () => model.losses(images, objects, createRng(0)));
    // No knowledge: half the pixels wrong, or one in four classes right.
    expect(losses.mask).toBeCloseTo(mask.classes === 'multinomial' ? Math.log(4) : Math.log(2), 1);
    for (const name of model.parameters.map((each) => each.name).filter((each) => each.includes('mask_'))) {
      expect(gradients.get(name)?.dataSync().some((value) => value !== 0), name).toBe(true);
    }
    tf.dispose([...gradients.values()]);
    const found = await model.detect(images);
    found.forEach(({ masks = [], labels }, i) => {
      expect(masks).toHaveLength(labels.length);
      masks.forEach(({ width, height }) => expect([width, height]).toEqual([images[i].width, images[i].height]));
    });
    model.dispose();
  });
});
