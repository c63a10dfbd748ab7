import { availableEngines, prepareEngine } from '@rcnn/engine';
import { expectNear } from '@rcnn/tooling/testing/floats';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolve, convolveGrouped } from './index.ts';

/** The filter as one over all channels: zeros wherever an output channel meets another group's input. */
function blockDiagonal(filter: Float32Array, [taps, depth, out]: readonly [number, number, number], groups: number): Float32Array {
  const whole = new Float32Array(taps * depth * groups * out);
  for (let t = 0; t < taps; t++) {
    for (let i = 0; i < depth; i++) {
      for (let o = 0; o < out; o++) {
        const group = Math.floor((o * groups) / out);
        whole[(t * depth * groups + group * depth + i) * out + o] = filter[(t * depth + i) * out + o];
      }
    }
  }
  return whole;
}

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each([[2, 3, 4], [4, 2, 8], [1, 5, 3]])('%i groups of %i channels equal one convolution with a block-diagonal filter, forward and gradient', (groups, depth, out) => {
    tf.tidy(() => {
      const x = noiseTensor<tf.Tensor4D>([2, 7, 6, groups * depth], 1);
      const values = noise([3, 3, depth, out], 2);
      const bias = noiseTensor<tf.Tensor1D>([out], 3);
      const options = { stride: 2, padding: 1, activation: 'relu' } as const;
      const whole = tf.tensor4d(blockDiagonal(values, [9, depth, out], groups), [3, 3, groups * depth, out]);
      const grouped = (map: tf.Tensor, filter: tf.Tensor, offset: tf.Tensor) => convolveGrouped(map as tf.Tensor4D, filter as tf.Tensor4D, offset as tf.Tensor1D, groups, options);
      const plain = (map: tf.Tensor, filter: tf.Tensor, offset: tf.Tensor) => convolve(map as tf.Tensor4D, filter as tf.Tensor4D, offset as tf.Tensor1D, options);
      const filter = tf.tensor4d(values, [3, 3, depth, out]);
      const y = plain(x, whole, bias);
      expectNear(grouped(x, filter, bias).dataSync(), y.dataSync());
      const dy = noiseTensor(y.shape, 4);
      const [dx, dFilter, dBias] = tf.grads(grouped)([x, filter, bias], dy);
      const [dxOfWhole, dWhole, dBiasOfWhole] = tf.grads(plain)([x, whole, bias], dy);
      expectNear(dx.dataSync(), dxOfWhole.dataSync());
      expectNear(dBias.dataSync(), dBiasOfWhole.dataSync());
      const mask = blockDiagonal(new Float32Array(values.length).fill(1), [9, depth, out], groups);
      const spread = blockDiagonal(dFilter.dataSync() as Float32Array, [9, depth, out], groups);
      expectNear(spread, dWhole.dataSync().map((value, i) => value * mask[i]));
    });
  });

  it('refuses groups that do not divide the channels', () => {
    tf.tidy(() => {
      const call = () => convolveGrouped(tf.zeros([1, 3, 3, 6]), tf.zeros([1, 1, 2, 4]), undefined, 2);
      expect(call).toThrow('expected 2 groups of 2 input channels and a share of 4 each, got 6 channels');
    });
  });
});
