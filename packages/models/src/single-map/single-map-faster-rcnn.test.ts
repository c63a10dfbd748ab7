import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng, emptyBoxes } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchGradients, createDetector, detectron2FasterRcnnR50C4, smallSingleMapMaskRcnn, type DetectorConfig } from '../index.ts';
import { imageOf } from '../testing/image.ts';

const image = { minSize: 64, maxSize: 96 };
const c4 = detectron2FasterRcnnR50C4(['a']);
const masks = smallSingleMapMaskRcnn(['a']);
/** Detectors whose fifth stage runs on every region, and that propose none. */
const configs: readonly (readonly [string, DetectorConfig])[] = [
  ['Faster R-CNN', { ...c4, image: { ...c4.image, ...image }, rpnChannels: 8, backbone: { ...c4.backbone, name: 'resnet18', width: 0.1 } as typeof c4.backbone, rpn: { ...c4.rpn, scoreThreshold: 1.1 } }],
  ['Mask R-CNN', { ...masks, image: { ...masks.image, ...image }, rpnChannels: 8, backbone: { ...masks.backbone, width: 0.1 }, rpn: { ...masks.rpn, scoreThreshold: 1.1 } }],
];

describe.each((await availableEngines()).filter((engine) => engine !== 'cpu'))('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each(configs)('%s on a C4 leaves nothing behind where its proposals are not finite', async (_, config) => {
    const model = createDetector(config, createRng(1));
    const bias = model.parameters.find(({ name }) => name === 'rpn.head.bbox_pred.bias');
    tf.tidy(() => bias?.variable.assign(tf.fill(bias.variable.shape, NaN)));
    const before = tf.memory().numTensors;
    await expect(model.detect([imageOf(64, 64, 1)])).rejects.toThrow('expected finite deltas');
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it.each(configs)('%s on a C4 finds nothing in an image without proposals, and learns nothing of its regions', async (_, config) => {
    const model = createDetector(config, createRng(1));
    const before = tf.memory().numTensors;
    const images = [imageOf(64, 64, 1)];
    expect((await model.detect(images))[0].scores).toHaveLength(0);
    const { losses, gradients } = batchGradients(model, { images, objects: [{ boxes: emptyBoxes(0), labels: new Int32Array(0), masks: [] }] }, createRng(1));
    expect(losses).toMatchObject({ classification: 0, box: 0 });
    expect([...gradients.values()].every((gradient) => gradient.dataSync().every(Number.isFinite))).toBe(true);
    tf.dispose([...gradients.values()]);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});
