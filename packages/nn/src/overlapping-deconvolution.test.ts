import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createParameters, gradientsOf, overlappingDeconvolution } from './index.ts';
import { expectNear } from '@rcnn/tooling/testing/floats';
import { noise } from '@rcnn/tooling/testing/noise';

/** [2, 3, 4, 2] → [2, 3s, 4s, 3], filter by filter and pixel by pixel: calls `visit` with the places in x, W and y of each product. */
function everyProduct(stride: number, visit: (x: number, w: number, y: number) => void): void {
  const [height, width, ci, co] = [3, 4, 2, 3];
  for (let at = 0; at < 2 * height * width; at++) {
    const [n, i, j] = [Math.floor(at / (height * width)), Math.floor(at / width) % height, at % width];
    for (let tap = 0; tap < 4 * stride * stride; tap++) {
      const [row, column] = [stride * i + Math.floor(tap / (2 * stride)) - stride / 2, stride * j + (tap % (2 * stride)) - stride / 2];
      if (row < 0 || column < 0 || row >= stride * height || column >= stride * width) continue;
      for (let o = 0; o < co; o++) {
        for (let c = 0; c < ci; c++) visit(at * ci + c, (tap * co + o) * ci + c, ((n * stride * height + row) * stride * width + column) * co + o);
      }
    }
  }
}

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each([2, 4])('an overlapping deconvolution of stride %i sums every product of filter and pixel, and so do its gradients', (stride) => {
    const parameters = createParameters(createRng(0));
    const layer = overlappingDeconvolution(parameters, { inChannels: 2, outChannels: 3, stride });
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const [weight, bias] = parameters.all();
      const w = noise([2 * stride, 2 * stride, 3, 2], 2);
      weight.variable.assign(tf.tensor(w, weight.variable.shape));
      bias.variable.assign(tf.tensor([1, 2, 3]));
      const [x, dy] = [noise([2, 3, 4, 2], 1), noise([2, 3 * stride, 4 * stride, 3], 3)];
      const y = Float32Array.from(dy, (_, i) => 1 + (i % 3));
      const [dx, dw] = [new Float32Array(x.length), new Float32Array(w.length)];
      everyProduct(stride, (from, tap, to) => {
        y[to] += w[tap] * x[from];
        dx[from] += w[tap] * dy[to];
        dw[tap] += x[from] * dy[to];
      });
      const input = tf.tensor4d(x, [2, 3, 4, 2]);
      const upstream = tf.tensor4d(dy, [2, 3 * stride, 4 * stride, 3]);
      expectNear(layer(input).dataSync(), y);
      expectNear(tf.grad((map: tf.Tensor) => layer(map as tf.Tensor4D))(input, upstream).dataSync(), dx);
      const { gradients } = gradientsOf(parameters.all(), () => ({ loss: tf.sum<tf.Scalar>(tf.mul(layer(input), upstream)) }));
      expectNear(gradients.get('weight')?.dataSync() ?? [], dw);
      expectNear(gradients.get('bias')?.dataSync() ?? [], [0, 1, 2].map((o) => dy.reduce((sum, value, i) => (i % 3 === o ? sum + value : sum), 0)));
    });
    expect(tf.memory().numTensors).toBe(before);
    parameters.dispose();
  });
});
