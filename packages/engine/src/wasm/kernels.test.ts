import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { availableEngines, prepareEngine, type EngineName } from '../engine.ts';

/** Of the largest value: Winograd's transforms lose about a digit of float32. */
const TOLERANCE = 5e-5;

const heapEngines = (await availableEngines()).filter((name) => name === 'wasm' || name === 'onnx');

/** The largest difference between the results of `compute` on this engine and on cpu, relative to the largest value. */
async function differenceFromCpu(
  engine: EngineName, inputs: readonly tf.Tensor[], compute: (inputs: tf.Tensor[]) => tf.Tensor,
): Promise<number> {
  const values = inputs.map((input) => ({ shape: input.shape, data: input.dataSync().slice() }));
  const results: { shape: number[]; data: Float32Array }[] = [];
  for (const name of [engine, 'cpu'] as const) {
    await prepareEngine({ engine: name });
    const result = tf.tidy(() => compute(values.map(({ shape, data }) => tf.tensor(data, shape))));
    results.push({ shape: result.shape, data: result.dataSync().slice() as Float32Array });
    result.dispose();
  }
  await prepareEngine({ engine });
  const [ours, cpu] = results;
  expect(ours.shape).toEqual(cpu.shape);
  const largest = cpu.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return ours.data.reduce((most, value, i) => Math.max(most, Math.abs(value - cpu.data[i]) / largest), 0);
}

const run = (name: string, inputs: tf.NamedTensorMap, attributes: object): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap);

interface Case {
  readonly size: [number, number];
  readonly channels: [number, number];
  readonly kernel: [number, number];
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly pad: 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];
}

const plain: Case = { size: [9, 7], channels: [5, 11], kernel: [3, 3], strides: [1, 1], dilations: [1, 1], pad: 'same' };
const cases: Record<string, Case> = {
  'a 3×3 filter': plain,
  'a 1×1 filter': { ...plain, kernel: [1, 1], channels: [16, 8] },
  'stride 2 at an odd size': { ...plain, strides: [2, 2] },
  'stride 2 at an even size': { ...plain, size: [8, 10], strides: [2, 2] },
  'strides that differ': { ...plain, strides: [3, 2], kernel: [5, 2] },
  'a stride larger than the filter': { ...plain, strides: [3, 3], kernel: [1, 1] },
  'explicit padding': { ...plain, kernel: [7, 7], strides: [2, 2], pad: [[0, 0], [3, 2], [3, 1], [0, 0]] },
  'no padding': { ...plain, pad: 'valid' },
  'more rows than a block holds': { ...plain, size: [25, 21], channels: [3, 9] },
  'a 3×3 filter of channels in fours': { ...plain, size: [17, 19], channels: [16, 20] },
  'the same without padding': { ...plain, size: [18, 17], channels: [16, 20], pad: 'valid' },
  'the same with padding on one side': { ...plain, size: [19, 20], channels: [16, 12], pad: [[0, 0], [0, 2], [1, 0], [0, 0]] },
};

describe.each(heapEngines)('the kernels of %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  describe.each(Object.entries(cases))('with %s', (_, { size, channels: [ci, co], kernel, strides, dilations, pad }) => {
    const xShape: [number, number, number, number] = [2, ...size, ci];
    const filterShape: [number, number, number, number] = [...kernel, ci, co];
    const attributes = { strides, pad, dilations, dataFormat: 'NHWC' };
    const outShape = () => tf.tidy(() => tf.conv2d(tf.zeros<tf.Rank.R4>(xShape), tf.zeros<tf.Rank.R4>(filterShape), strides, pad).shape);

    it('convolve as cpu does', async () => {
      const inputs = [tf.randomNormal(xShape, 0, 1, 'float32', 1), tf.randomNormal(filterShape, 0, 1, 'float32', 2)];
      expect(await differenceFromCpu(engine, inputs, ([x, filter]) => run('Conv2D', { x, filter }, attributes))).toBeLessThan(TOLERANCE);
    });

    it('convolve with bias and relu6 as cpu does', async () => {
      const inputs = [tf.randomNormal(xShape, 0, 1, 'float32', 1), tf.randomNormal(filterShape, 0, 1, 'float32', 2), tf.randomNormal([co], 0, 1, 'float32', 3)];
      const fused = { ...attributes, activation: 'relu6' };
      expect(await differenceFromCpu(engine, inputs, ([x, filter, bias]) => run('FusedConv2D', { x, filter, bias }, fused))).toBeLessThan(TOLERANCE);
    });

    it('give the gradient of the input as cpu does', async () => {
      const inputs = [tf.randomNormal(outShape(), 0, 1, 'float32', 1), tf.randomNormal(filterShape, 0, 1, 'float32', 2)];
      const backward = { ...attributes, inputShape: xShape };
      expect(await differenceFromCpu(engine, inputs, ([dy, filter]) => run('Conv2DBackpropInput', { dy, filter }, backward))).toBeLessThan(TOLERANCE);
    });

    it('give the gradient of the filter as cpu does', async () => {
      const inputs = [tf.randomNormal(xShape, 0, 1, 'float32', 1), tf.randomNormal(outShape(), 0, 1, 'float32', 2)];
      const backward = { ...attributes, filterShape };
      expect(await differenceFromCpu(engine, inputs, ([x, dy]) => run('Conv2DBackpropFilter', { x, dy }, backward))).toBeLessThan(TOLERANCE);
    });

    it('give both gradients of a depthwise convolution as cpu does', async () => {
      const filterOfOne: [number, number, number, number] = [...kernel, ci, 1];
      const out = tf.tidy(() => tf.depthwiseConv2d(tf.zeros<tf.Rank.R4>(xShape), tf.zeros<tf.Rank.R4>(filterOfOne), strides, pad).shape);
      const [x, filter, dy] = [xShape, filterOfOne, out].map((shape, i) => tf.randomNormal(shape, 0, 1, 'float32', i + 1));
      const toInput = { ...attributes, inputShape: xShape };
      const toFilter = { ...attributes, filterShape: filterOfOne };
      expect(await differenceFromCpu(engine, [dy, filter], ([g, f]) => run('DepthwiseConv2dNativeBackpropInput', { dy: g, filter: f }, toInput))).toBeLessThan(TOLERANCE);
      expect(await differenceFromCpu(engine, [x, dy], ([a, g]) => run('DepthwiseConv2dNativeBackpropFilter', { x: a, dy: g }, toFilter))).toBeLessThan(TOLERANCE);
    });
  });

  it('convolve with dilation as cpu does', async () => {
    const inputs = [tf.randomNormal([1, 11, 12, 6], 0, 1, 'float32', 1), tf.randomNormal([3, 3, 6, 4], 0, 1, 'float32', 2)];
    const attributes = { strides: [1, 1], pad: 'same', dilations: [2, 3], dataFormat: 'NHWC' };
    expect(await differenceFromCpu(engine, inputs, ([x, filter]) => run('Conv2D', { x, filter }, attributes))).toBeLessThan(TOLERANCE);
  });

  it.each([
    [[37, 13], [13, 21], false, false],
    [[37, 13], [21, 13], false, true],
    [[13, 37], [13, 21], true, false],
    [[13, 37], [21, 13], true, true],
    [[300, 200], [200, 7], false, false],
    [[2, 3, 7, 5], [2, 3, 5, 9], false, false],
    [[0, 5], [5, 4], false, false],
    [[0, 5], [0, 4], true, false],
  ])('multiply %j by %j, transposed %s and %s, as cpu does', async (aShape, bShape, transposeA, transposeB) => {
    const inputs = [tf.randomNormal(aShape, 0, 1, 'float32', 1), tf.randomNormal(bShape, 0, 1, 'float32', 2)];
    expect(await differenceFromCpu(engine, inputs, ([a, b]) => tf.matMul(a, b, transposeA, transposeB))).toBeLessThan(TOLERANCE);
  });

  it.each([[[3, 3, 16, 16], 1], [[3, 3, 5, 7], 2], [[1, 1, 4, 4], 1]] as const)('give a filter of %j zeros for its gradient where there is no image', ([h, w, ci, co], stride) => {
    const attributes = { strides: [stride, stride], pad: 'same', dilations: [1, 1], dataFormat: 'NHWC', filterShape: [h, w, ci, co] };
    const gradients = tf.tidy(() => {
      // Memory that is free again holds what was in it.
      for (let i = 0; i < 20; i++) tf.tidy(() => tf.fill([h, w, ci, co], 7).dataSync());
      return run('Conv2DBackpropFilter', { x: tf.zeros([0, 8, 8, ci]), dy: tf.zeros([0, 8 / stride, 8 / stride, co]) }, attributes).dataSync();
    });
    expect(gradients.every((value) => value === 0)).toBe(true);
  });

  it('sum over leading axes as cpu does', async () => {
    const inputs = [tf.randomNormal([3, 130, 7], 0, 1, 'float32', 1)];
    for (const axes of [[0], [0, 1]]) {
      expect(await differenceFromCpu(engine, inputs, ([x]) => tf.sum(x, axes))).toBeLessThan(TOLERANCE);
      expect(await differenceFromCpu(engine, inputs, ([x]) => tf.sum(x, axes, true))).toBeLessThan(TOLERANCE);
    }
  });

  it.each([[[0, 3], [0]], [[0, 3], [1]], [[0], [0]], [[2, 0], [0, 1]]])('sum nothing to zeros: shape %j over axes %j', async (shape, axes) => {
    expect(await differenceFromCpu(engine, [tf.zeros(shape)], ([x]) => tf.sum(x, axes))).toBe(0);
  });

  it.each([[[0, 4, 4, 8], [1, 2], [0, 8]], [[0, 3], [0], [3]], [[2, 0], [0, 1], []]])('take the mean of nothing, 0 / 0: shape %j over axes %j gives %j', (shape, axes, left) => {
    const mean = tf.tidy(() => tf.mean(tf.zeros(shape), axes));
    expect(mean.shape).toEqual(left);
    expect([...mean.dataSync()]).toEqual(Array<number>(mean.size).fill(NaN));
    expect(tf.tidy(() => tf.mean(tf.zeros(shape), axes, true)).shape).toEqual(shape.map((side, axis) => (axes.includes(axis) ? 1 : side)));
  });

  it.each([
    ['3×3 windows at stride 2', 3, 2, 'same', 20], ['windows that leave rows over', 3, 2, 'valid', 5], ['2×2 windows at stride 2', 2, 2, 'valid', 16],
    ['windows of one pixel', 1, 2, 'valid', 4], ['overlapping windows with padding', 3, 1, 1, 7],
  ] as const)('give the gradient of max pooling in %s as cpu does', async (_, size, stride, pad, channels) => {
    // Few values, so that many are equal.
    const x = tf.floor(tf.mul(tf.randomUniform([2, 9, 12, channels], 0, 1, 'float32', 1), 5));
    const pool = (map: tf.Tensor) => tf.maxPool(map as tf.Tensor4D, size, stride, pad);
    const dy = tf.randomNormal(pool(x).shape, 0, 1, 'float32', 2);
    expect(await differenceFromCpu(engine, [x, dy], ([map, gradient]) => tf.grad(pool)(map, gradient))).toBeLessThan(1e-6);
  });

  it('split along any axis as cpu does', async () => {
    const x = tf.randomNormal([3, 5, 4], 0, 1, 'float32', 1);
    for (const [axis, sizes] of [[0, [1, 2]], [1, [2, 0, 3]], [2, [1, 1, 2]]] as const) {
      for (const part of sizes.keys()) {
        expect(await differenceFromCpu(engine, [x], ([tensor]) => tf.split(tensor, [...sizes], axis)[part])).toBe(0);
      }
    }
  });

  it('clone without copying, and outlive the original', () => {
    const original = tf.tensor1d([1, 2, 3]);
    const copy = tf.clone(original);
    original.dispose();
    expect([...copy.dataSync()]).toEqual([1, 2, 3]);
    copy.dispose();
  });

  it('step by the gradient as the formula has it', () => {
    const [w, v, g] = [[1, -2, 3, 4, 5], [0.5, 1, -1, 2, 0], [1, 2, 3, -4, 5]];
    const attributes = { scale: 0.5, weightDecay: 0.1, momentum: 0.9, learningRate: 0.01 };
    const stepped = tf.engine().runKernel('SgdStep', { variable: tf.tensor1d(w), velocity: tf.tensor1d(v), gradient: tf.tensor1d(g) }, attributes) as unknown as tf.Tensor[];
    const velocity = w.map((weight, i) => 0.9 * v[i] + 0.5 * g[i] + 0.1 * weight);
    [velocity, w.map((weight, i) => weight - 0.01 * velocity[i])].forEach((expected, k) => {
      stepped[k].dataSync().forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 5);
      });
    });
  });

  it('pass a gradient where a clamp let the value through', () => {
    const values = [-1, 0, 0.5, 6, 5.9, 7, 3];
    const dx = run('ClampGradient', { dy: tf.tensor1d([1, 2, 3, 4, 5, 6, 7]), y: tf.tensor1d(values) }, { low: 0, high: 6 });
    expect([...dx.dataSync()]).toEqual([0, 0, 3, 0, 5, 0, 7]);
  });

  it('let a NaN through the activation', () => {
    const y = tf.tidy(() =>
      tf.fused.conv2d({ x: tf.tensor4d([NaN], [1, 1, 1, 1]), filter: tf.ones([1, 1, 1, 1]), strides: 1, pad: 0, bias: tf.zeros([1]), activation: 'relu' }),
    );
    expect(y.dataSync()[0]).toBeNaN();
  });
});
