import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compressDetector, detectron2FasterRcnnR50C4, fastRcnn, loadStateDict, paperFastRcnn, stateDict, type FastRcnnConfig } from '../index.ts';
import { imageOf } from '../testing/image.ts';

const paper = paperFastRcnn(['a', 'b'], 'squeezenet1_0');
const config: FastRcnnConfig = {
  ...paper, image: { ...paper.image, minSize: 64, maxSize: 64 },
  backbone: { name: 'squeezenet1_0', width: 0.125, hidden: [24, 16], norm: 'folded', frozen: [] }, box: { ...paper.box, scoreThreshold: 0 },
};
const [images, proposals] = [[imageOf(64, 64, 3)], [asBoxes([5, 8, 37, 33, 29, 35, 61, 61, 0, 0, 20, 20])]];
const [engine] = await availableEngines();

describe('a compressed detector', () => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('of full rank finds what the whole one finds; its layers are as thin as asked for', async () => {
    const whole = fastRcnn(config, createRng(1));
    const [expected] = await whole.detect(images, proposals);
    const state = stateDict(whole.parameters);
    const before = tf.memory().numTensors;
    const differences: number[] = [];
    for (const ranks of [[24, 16], [12, 8], [2, 2]] as const) {
      const compressed = compressDetector(config, state, ranks, createRng(2));
      const thin = fastRcnn(compressed.config, createRng(3));
      const { missing, unused } = loadStateDict(thin.parameters, compressed.state);
      expect([missing, unused]).toEqual([[], []]);
      expect(thin.parameters.find(({ name }) => name === 'backbone.fc6.L.weight')?.variable.shape[1]).toBe(ranks[0]);
      const [found] = await thin.detect(images, proposals);
      const sum = (scores: Float32Array): number => scores.reduce((total, score) => total + score, 0);
      differences.push(Math.abs(sum(found.scores) - sum(expected.scores)));
      thin.dispose();
    }
    expect(differences[0]).toBeLessThan(1e-4);
    expect(tf.memory().numTensors).toBe(before);
    whole.dispose();
  });

  it('cannot be one without such layers, or compressed already', () => {
    expect(() => compressDetector(detectron2FasterRcnnR50C4(['a']), new Map(), [2, 2], createRng(1))).toThrow('compress: expected a detector with fully connected layers');
    const thin: FastRcnnConfig = { ...config, regions: { kind: 'network', ranks: [2, 2] } };
    expect(() => compressDetector(thin, new Map(), [2, 2], createRng(1))).toThrow('compress: expected whole layers, got ones of ranks 2 and 2');
    expect(() => compressDetector(config, new Map(), [2, 2], createRng(1))).toThrow('compress: expected the parameter "backbone.fc6.weight", found it missing');
  });
});
