import { availableEngines, prepareEngine } from '@rcnn/engine';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolve, convolveDepthwise, type ConvolveOptions, type Padding } from './index.ts';
import golden from './fixtures/torch.json' with { type: 'json' };
import { expectNear, floats } from '@rcnn/tooling/testing/floats';
import { noise, noiseTensor } from '@rcnn/tooling/testing/noise';

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly filter: readonly number[];
  readonly filterScale: number;
  readonly bias: boolean;
  readonly options: ConvolveOptions;
  readonly y: string;
  readonly dx: string;
  readonly dFilter: string;
  readonly dBias?: string;
}

type Shape = readonly [number, number, number, number];

/** The sum that a convolution is, in loops, in doubles. */
function literalConvolve(x: Float32Array, [n, h, w, c]: Shape, filter: Float32Array, [kh, kw, , co]: Shape, stride: number, padding: Padding, depthwise: boolean, dilation: number): { values: number[]; shape: number[] } {
  const axis = (size: number, kernel: number): [number, number] => {
    const reach = dilation * (kernel - 1) + 1;
    if (padding !== 'same') return [padding, Math.floor((size + 2 * padding - reach) / stride) + 1];
    const out = Math.ceil(size / stride);
    return [Math.floor(Math.max((out - 1) * stride + reach - size, 0) / 2), out];
  };
  const [[top, oh], [left, ow], channels] = [axis(h, kh), axis(w, kw), depthwise ? c : co];
  const tap = (image: number, y: number, column: number, ky: number, kx: number, o: number): number => {
    if (y < 0 || y >= h || column < 0 || column >= w) return 0;
    const pixel = ((image * h + y) * w + column) * c;
    if (depthwise) return x[pixel + o] * filter[(ky * kw + kx) * c + o];
    let sum = 0;
    for (let i = 0; i < c; i++) sum += x[pixel + i] * filter[((ky * kw + kx) * c + i) * co + o];
    return sum;
  };
  const values = Array.from({ length: n * oh * ow * channels }, (_, i) => {
    const [o, ox, oy, image] = [i % channels, Math.floor(i / channels) % ow, Math.floor(i / channels / ow) % oh, Math.floor(i / channels / ow / oh)];
    let sum = 0;
    for (let ky = 0; ky < kh; ky++) for (let kx = 0; kx < kw; kx++) sum += tap(image, oy * stride + ky * dilation - top, ox * stride + kx * dilation - left, ky, kx, o);
    return sum;
  });
  return { values, shape: [n, oh, ow, channels] };
}

describe.each(await availableEngines())('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each(golden.convolutions as unknown as Case[])('a convolution $name equals PyTorch, forward and gradient', ({ shape, filter, filterScale, bias, options, y, dx, dFilter, dBias }) => {
    tf.tidy(() => {
      const [x, weight] = [noiseTensor<tf.Tensor4D>(shape, 1, 4), noiseTensor<tf.Tensor4D>(filter, 2, filterScale)];
      const depthwise = filter[3] === 1;
      const b = bias ? noiseTensor<tf.Tensor1D>([depthwise ? filter[2] : filter[3]], 3) : undefined;
      const apply = depthwise ? convolveDepthwise : convolve;
      const out = apply(x, weight, b, options);
      expectNear(out.dataSync(), floats(y));
      const dy = noiseTensor(out.shape, 4);
      const inputs = b === undefined ? [x, weight] : [x, weight, b];
      const gradients = tf.grads((...[map, kernel, offset]: tf.Tensor[]) => apply(map as tf.Tensor4D, kernel as tf.Tensor4D, offset as tf.Tensor1D | undefined, options))(inputs, dy);
      expectNear(gradients[0].dataSync(), floats(dx));
      expectNear(gradients[1].dataSync(), floats(dFilter));
      if (dBias !== undefined) expectNear(gradients[2].dataSync(), floats(dBias));
    });
  });

  it.each([
    ['convolve', false, [1, 2, 3], 1], ['convolveDepthwise', true, [1, 2, 3], 1], ['convolve with dilation', false, [1], 2],
  ] as const)('%s equals literal loops, and its gradients are the differences of them', (_, depthwise, strides, dilation) => {
    const cases = fc.record({
      shape: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 5, max: 8 }), fc.integer({ min: 5, max: 8 }), fc.integer({ min: 1, max: 9 })),
      out: fc.integer({ min: 1, max: 9 }),
      kernel: fc.constantFrom(1, 2, 3),
      stride: fc.constantFrom(...strides),
      padding: fc.constantFrom<Padding>('same', 0, 1),
    });
    fc.assert(
      fc.property(cases, ({ shape, out, kernel, stride, padding }) => {
        tf.tidy(() => {
          const filterShape: Shape = [kernel, kernel, shape[3], depthwise ? 1 : out];
          const [x, filter] = [noise(shape, 1), noise(filterShape, 2)];
          const literal = (map: Float32Array, weight: Float32Array) => literalConvolve(map, shape, weight, filterShape, stride, padding, depthwise, dilation);
          const apply = (map: tf.Tensor, weight: tf.Tensor) => (depthwise ? convolveDepthwise : convolve)(map as tf.Tensor4D, weight as tf.Tensor4D, undefined, { stride, padding, dilation });
          const inputs = [tf.tensor(x, shape), tf.tensor(filter, [...filterShape])];
          const y = apply(inputs[0], inputs[1]);
          const expected = literal(x, filter);
          expect(y.shape).toEqual(expected.shape);
          expectNear(y.dataSync(), expected.values);
          // Linear in each input: what a single 1 there contributes is the derivative, exactly.
          const dy = noise(y.shape, 3);
          const product = (values: readonly number[]) => values.reduce((sum, value, i) => sum + value * dy[i], 0);
          const [dx, dFilter] = tf.grads(apply)(inputs, tf.tensor(dy, y.shape)).map((gradient) => gradient.dataSync());
          for (const share of [0, 0.37, 0.5, 0.93]) {
            const [pixel, tap] = [Math.floor(share * x.length), Math.floor(share * filter.length)];
            expectNear([dx[pixel]], [product(literal(x.map((__, i) => (i === pixel ? 1 : 0)), filter).values)]);
            expectNear([dFilter[tap]], [product(literal(x, filter.map((__, i) => (i === tap ? 1 : 0))).values)]);
          }
        });
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  it('leaves nothing behind but its result, forward and gradient', () => {
    const [x, weight, b] = [noiseTensor<tf.Tensor4D>([1, 5, 6, 3], 1), noiseTensor<tf.Tensor4D>([3, 3, 3, 4], 2), noiseTensor<tf.Tensor1D>([4], 3)];
    const step = () => {
      const apply = (map: tf.Tensor, kernel: tf.Tensor, offset: tf.Tensor) => convolve(map as tf.Tensor4D, kernel as tf.Tensor4D, offset as tf.Tensor1D, { activation: 'relu6' });
      tf.dispose([apply(x, weight, b), tf.grads(apply)([x, weight, b])]);
    };
    step();
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    step();
    expect(tf.memory()).toMatchObject({ numTensors, numBytes, numDataBuffers });
    tf.dispose([x, weight, b]);
  });

  it('computes no gradient of an input that nobody asks for', () => {
    tf.tidy(() => {
      const [x, weight] = [noiseTensor<tf.Tensor4D>([1, 4, 4, 3], 1), noiseTensor<tf.Tensor4D>([3, 3, 3, 2], 2)];
      const toInput = tf.getKernel('Conv2DBackpropInput', tf.getBackend());
      if (toInput === undefined) throw new Error('the engine has no Conv2DBackpropInput');
      let asked = 0;
      tf.unregisterKernel('Conv2DBackpropInput', tf.getBackend());
      tf.registerKernel({ ...toInput, kernelFunc: (call) => (asked++, toInput.kernelFunc(call)) });
      tf.grad((kernel) => convolve(x, kernel as tf.Tensor4D, undefined))(weight);
      tf.unregisterKernel('Conv2DBackpropInput', tf.getBackend());
      tf.registerKernel(toInput);
      expect(asked).toBe(0);
    });
  });
});
