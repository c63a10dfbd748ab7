import { prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng, emptyBoxes } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createDetector, proposalStep, smallCascadeRcnn, smallFasterRcnn, smallFastRcnn, smallKeypointRcnn, smallMaskRcnn, smallRcnn, smallSingleMapFasterRcnn,
  smallSingleMapMaskRcnn, smallSppnet, type DetectorConfig, type Objects,
} from './index.ts';
import { imageOf } from './testing/image.ts';

const classes = ['a', 'b'];
const narrow = <Config extends DetectorConfig>(config: Config): Config => ({ ...config, backbone: { ...config.backbone, width: 0.05, ...('hidden' in config.backbone && { hidden: [4, 4] }) } });
const configs = [
  smallFasterRcnn(classes), smallCascadeRcnn(classes), smallMaskRcnn(classes), smallKeypointRcnn(classes, { names: ['x'] }), smallFastRcnn(classes),
  smallSingleMapFasterRcnn(classes), smallSingleMapMaskRcnn(classes), proposalStep(smallSingleMapFasterRcnn(classes)), smallRcnn(classes), smallSppnet(classes),
].map((config) => [config.model, narrow<DetectorConfig>(config)] as const);

const images = [imageOf(32, 32, 1), imageOf(32, 32, 2)];
const none: Objects = { boxes: emptyBoxes(0), labels: new Int32Array(0) };
const labelled = (...labels: number[]): Objects => ({ boxes: asBoxes([4, 4, 20, 20, 8, 8, 30, 30]), labels: Int32Array.from(labels) });

describe('losses', () => {
  beforeAll(async () => {
    await prepareEngine({ engine: 'wasm' });
  });

  it.each(configs)('of %s are refused of objects that do not fit images and classes, at the door', (_, config) => {
    const model = createDetector(config, createRng(1));
    const before = tf.memory().numTensors;
    const learn = (...objects: Objects[]) => () => model.losses(images, objects, createRng(1));
    expect(learn(none)).toThrow('losses: expected the objects of 2 images, got those of 1');
    expect(learn(none, labelled(1))).toThrow('losses: expected labels of 2 objects of image 1, got 1');
    expect(learn(labelled(2, 3), none)).toThrow('losses: expected labels 1…2, got 3 of object 1 of image 0');
    expect(learn(none, labelled(0, 1))).toThrow('losses: expected labels 1…2, got 0 of object 0 of image 1');
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});
