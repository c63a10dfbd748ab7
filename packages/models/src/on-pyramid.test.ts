import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fasterRcnn, smallFasterRcnn } from './index.ts';
import { imageOf } from './testing/image.ts';

const small = smallFasterRcnn(['a'], { minSize: 32, maxSize: 32 });
const config = { ...small, backbone: { ...small.backbone, width: 0.1 }, fpn: { ...small.fpn, channels: 8 }, box: { ...small.box, resolution: 3, hidden: 8 } };

describe.each((await availableEngines()).filter((engine) => engine !== 'cpu'))('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it('frees the features of images where a branch throws', async () => {
    const model = fasterRcnn(config, createRng(1));
    const bias = model.parameters.find(({ name }) => name === 'roi_heads.box_predictor.bbox_pred.bias');
    tf.tidy(() => bias?.variable.assign(tf.fill(bias.variable.shape, NaN)));
    const before = tf.memory().numTensors;
    await expect(model.detect([imageOf(32, 32, 1)])).rejects.toThrow('expected finite deltas');
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});
