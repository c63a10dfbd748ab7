import { availableEngines, prepareEngine } from '@rcnn/engine';
import { asBoxes, concatBoxes, emptyBoxes } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/torchvision.json' with { type: 'json' };
import { pyramidLevels, pyramidRoiAlign, sortByLevel } from './index.ts';
import { boxesOf } from './testing/boxes.ts';
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noiseTensor } from '@rcnn/tooling/testing/noise';

const { maps, pooled } = golden;
const input = { width: golden.input[1], height: golden.input[0] };
const options = { outputSize: 3, canonicalSize: 40 };

describe('the level of a box', () => {
  const levelOf = (side: number, finest = 2) => finest + pyramidLevels(asBoxes([0, 0, side, side]), { levels: 4, finest })[0];

  it('is 4 at 224 px and a hair below, a level less at half of it, a level more at twice', () => {
    expect([223.9999, 224, 112, 448].map((side) => levelOf(side))).toEqual([4, 4, 3, 5]);
  });

  it('stays within the levels there are', () => {
    expect([0, 1, 5000].map((side) => levelOf(side))).toEqual([2, 2, 5]);
  });

  it.each(golden.levels)("is that of torchvision's LevelMapper with $options", ({ options, sides, levels, random }) => {
    expect([...pyramidLevels(asBoxes(sides.flatMap((side) => [0, 0, side, side])), options)]).toEqual(levels);
    expect(pyramidLevels(boxesOf(300, 1, 800, 600, [8, 900]), options).join('')).toBe(random);
  });
});

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  const pyramid = () => maps.map(([height, width], i) => noiseTensor<tf.Tensor4D>([2, height, width, 3], 10 + i));
  const regions = { boxes: concatBoxes([boxesOf(12, 2, 80, 60, [6, 90]), boxesOf(9, 3, 80, 60, [6, 90])]), images: Int32Array.from({ length: 21 }, (_, i) => Number(i >= 12)) };

  it("pooling from a pyramid equals torchvision's MultiScaleRoIAlign, forward and gradient", () => {
    tf.tidy(() => {
      const levels = pyramid();
      const sorted = sortByLevel(regions, levels, input, options);
      expect([...sorted.order].sort((a, b) => a - b)).toEqual([...Array(21).keys()]);
      const pool = (...inputs: tf.Tensor[]) => pyramidRoiAlign(inputs as tf.Tensor4D[], sorted, input, options);
      const back = tf.tensor1d([...sorted.order.keys()].map((_, i) => sorted.order.indexOf(i)), 'int32');
      expectNear(tf.gather(pool(...levels), back).dataSync(), floats(pooled.output));
      const dy = tf.gather(noiseTensor([21, 3, 3, 3], 20), tf.tensor1d([...sorted.order], 'int32'));
      tf.grads(pool)(levels, dy).forEach((gradient, level) => {
        const [height, width] = maps[level];
        expectNear(tf.slice(gradient, [0, 3, 0, 0], [2, 1, width, 3]).dataSync(), floats(pooled.gradientRows[level]));
        expect(height).toBe(gradient.shape[1]);
        expect(Math.hypot(...gradient.dataSync())).toBeCloseTo(pooled.gradientNorms[level], 4);
      });
    });
  });

  it('no regions give no rows', () => {
    tf.tidy(() => {
      const levels = pyramid();
      const none = sortByLevel({ boxes: emptyBoxes(0), images: new Int32Array(0) }, levels, input, options);
      expect(pyramidRoiAlign(levels, none, input, options).shape).toEqual([0, 3, 3, 3]);
    });
  });

  it('pooling leaves nothing behind but its result', () => {
    const levels = pyramid();
    const before = tf.memory();
    tf.dispose(pyramidRoiAlign(levels, sortByLevel(regions, levels, input, options), input, options));
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    tf.dispose(levels);
  });
});
