import { availableEngines, prepareEngine } from '@rcnn/engine';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNear } from '@rcnn/tooling/testing/floats';
import { hardSigmoid, hardSwish } from './index.ts';

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('hardSigmoid and hardSwish are straight between −3 and 3, and leave no tensor behind', () => {
    const before = tf.memory().numTensors;
    const x = tf.tensor1d([-4, -1.5, 0, 1.5, 4]);
    const [gate, y] = [hardSigmoid(x), hardSwish(x)];
    expectNear(gate.dataSync(), [0, 0.25, 0.5, 0.75, 1]);
    expectNear(y.dataSync(), [0, -0.375, 0, 1.125, 4]);
    const slopes = tf.grad((each) => tf.sum(hardSwish(each)))(x);
    expectNear(slopes.dataSync(), [0, 0, 0.5, 1, 1]); // (2x + 3) / 6 within
    tf.dispose([x, gate, y, slopes]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
