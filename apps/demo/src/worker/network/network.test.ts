import { readFileSync } from 'node:fs';
import { generateShapes } from '@rcnn/datasets';
import { prepareEngine } from '@rcnn/engine';
import { createRng, nms, scaleBoxes } from '@rcnn/geometry';
import { postprocess, pyramidRoiAlign, sortByLevel } from '@rcnn/heads';
import { parseRunConfig } from '@rcnn/cli/browser';
import { readSafetensors } from '@rcnn/weights';
import * as tf from '@tensorflow/tfjs-core';
import { parse } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleShapes } from '../../samples/sample-shapes.ts';
import { detectMasks } from './detect-masks.ts';
import { detectUnsuppressed } from './detect-unsuppressed.ts';
import { createHeads } from './heads.ts';
import { measuredParts, measureSystems } from './measure-systems.ts';
import { proposeByNetwork } from './propose-by-network.ts';
import { readFeatures } from './read-features.ts';
import { createTrunk, type OpenedModel, type Trunk } from './trunk.ts';

const file = (name: string): Buffer => readFileSync(new URL(`../../../model/${name}`, import.meta.url));
const { model: config } = parseRunConfig(parse(file('config.yaml').toString()), 'config.yaml');
if (config.model !== 'mask-rcnn') throw new Error('the bundled model is no mask-rcnn');
const model: OpenedModel = { config, weights: readSafetensors(new Uint8Array(file('model.safetensors'))).tensors };
const { image } = generateShapes(createRng(7), sampleShapes);
let trunk: Trunk;

describe('the bundled model, taken to pieces', () => {
  beforeAll(async () => {
    await prepareEngine();
    trunk = createTrunk(model);
  });

  it('gives the detections of the whole, put together again by hand', async () => {
    const whole = await detectMasks(image, model);
    const heads = createHeads(model);
    const { pixels, input, size } = trunk.take(image);
    const maps = trunk.maps(pixels);
    const { boxes } = trunk.propose(await trunk.predict(maps), trunk.anchors(maps, input), size);
    const levels = maps.slice(0, -1);
    const regions = sortByLevel({ boxes, images: new Int32Array(boxes.length / 4) }, levels, input, config.box);
    const { logits, deltas } = heads.box(pyramidRoiAlign(levels, regions, input, { ...config.box, outputSize: config.box.resolution }));
    const found = postprocess(tf.softmax(logits).dataSync<'float32'>(), deltas.dataSync<'float32'>(), regions.boxes, size, config.box);
    expect(found.scores.length).toBeGreaterThan(1);
    expect([...found.labels]).toEqual([...whole.labels]);
    const own = scaleBoxes(found.boxes, image.width / size.width, image.height / size.height);
    own.forEach((value, i) => expect(value).toBeCloseTo(whole.boxes[i], 2));
    expect(whole.probabilities.length).toBe(whole.labels.length * whole.side ** 2);
    heads.dispose();
  });

  it('proposes the kept ones among all, and says how likely the best anchor of each place is', async () => {
    const { levels, all, kept, anchors } = await proposeByNetwork(image, trunk);
    expect([...kept.scores.subarray(0, 3)].every((score) => all.scores.includes(score))).toBe(true);
    expect(all.scores.length).toBeGreaterThan(kept.scores.length);
    expect(anchors).toBe(levels.reduce((sum, { width, height }) => sum + width * height, 0));
    // The best proposal of all is the best anchor of one of the levels, which has one anchor a place.
    expect(Math.max(...levels.map(({ probabilities }) => Math.max(...probabilities)))).toBeCloseTo(all.scores[0], 5);
  });

  it('detects more without suppression, and suppression leaves what the detector has', async () => {
    const [raw, whole] = [await detectUnsuppressed(image, model), await detectMasks(image, model)];
    for (let label = 1; label <= raw.classes.length; label++) {
      const own = [...raw.labels.keys()].filter((i) => raw.labels[i] === label);
      const boxes = Float32Array.from(own.flatMap((i) => [...raw.boxes.subarray(4 * i, 4 * i + 4)])) as typeof raw.boxes;
      const kept = nms(boxes, Float32Array.from(own, (i) => raw.scores[i]), { threshold: config.box.nmsThreshold });
      expect(kept.length).toBe([...whole.labels].filter((each) => each === label).length);
    }
  });

  it('has maps of the strides of its pyramid', async () => {
    const { maps, size } = await readFeatures(image, trunk);
    expect(maps.map(({ stride }) => stride)).toEqual([4, 8, 16]);
    expect(maps.every(({ width, height, channels, data }) => data.length === width * height * channels)).toBe(true);
    expect(size.width).toBe(96);
  });

  it('has all its parts timed, and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    const small = generateShapes(createRng(2), { ...sampleShapes, size: 128 }).image;
    const { milliseconds, searched, convolved } = await measureSystems(small, model, () => Promise.resolve());
    expect(measuredParts.every((part) => milliseconds[part] > 0)).toBe(true);
    expect(convolved).toBe(Math.min(8, searched));
    expect(tf.memory().numTensors).toBe(before);
  });
});
