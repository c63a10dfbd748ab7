import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { availableEngines, prepareEngine } from './engine.ts';
import { loadPackage } from './webgpu/load-package.ts';

const failure = await prepareEngine({ engine: 'webgpu' }).then(() => undefined, (error: unknown) => (error as Error).message);

describe.skipIf(failure !== undefined)(`webgpu${failure === undefined ? '' : ` (skipped: ${failure})`}`, () => {
  beforeEach(async () => {
    await prepareEngine({ engine: 'webgpu' });
  });

  const noise = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
  const results = (): tf.Tensor[] =>
    tf.tidy(() => {
      const [x, filter, depthwise] = [noise([2, 9, 12, 5], 1), noise([3, 3, 5, 7], 2), noise([3, 3, 5, 1], 3)];
      const layers = (map: tf.Tensor, kernel: tf.Tensor, each: tf.Tensor): tf.Tensor => {
        const spatial = tf.depthwiseConv2d(map as tf.Tensor4D, each as tf.Tensor4D, 1, 'same');
        const convolved = tf.relu(tf.conv2d(spatial, kernel as tf.Tensor4D, 2, 'same'));
        const pooled = tf.maxPool(convolved, 2, 1, 'valid');
        return tf.softmax(tf.matMul(tf.reshape(pooled, [2, -1]), noise([140, 6], 4)));
      };
      const gradients = tf.grads((...inputs: tf.Tensor[]) => tf.sum(tf.square(layers(inputs[0], inputs[1], inputs[2]))));
      return [layers(x, filter, depthwise), ...gradients([x, filter, depthwise])];
    });

  it('computes layers and their gradients as cpu does, read with and without waiting', async () => {
    const tensors = results();
    const awaited = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
    const atOnce = results().map((tensor) => tensor.dataSync<'float32'>());
    await prepareEngine({ engine: 'cpu' });
    const expected = results().map((tensor) => tensor.dataSync<'float32'>());
    for (const values of [awaited, atOnce]) {
      values.forEach((each, i) => {
        const greatest = expected[i].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        each.forEach((value, k) => expect(Math.abs(value - expected[i][k])).toBeLessThan(1e-4 * greatest));
      });
    }
  });

  it('goes on after reads of both kinds that follow one another', async () => {
    for (let i = 0; i < 20; i++) {
      const tensor = tf.add(noise([300, 40], 5), i);
      const [atOnce] = tf.tidy(() => tf.sub(tensor, i).dataSync());
      const [awaited] = await tensor.data();
      expect(awaited - i).toBeCloseTo(atOnce, 4);
      tensor.dispose();
    }
  });

  it('says that a tensor cannot be read at once while another is awaited', async () => {
    const [first, second] = [tf.relu(noise([400], 6)), tf.relu(noise([400], 7))].map((tensor) => tf.reshape(tf.tile(tensor, [10]), [-1]));
    const awaited = first.data();
    expect(() => second.dataSync()).toThrow('webgpu: a tensor cannot be read synchronously while another is being read');
    expect((await awaited).length).toBe(4000);
    expect(second.dataSync().length).toBe(4000);
  });

  it('leaves no navigator.gpu behind that packages would take for a browser', () => {
    expect((globalThis as { navigator?: object }).navigator ?? {}).not.toHaveProperty('gpu');
  });
});

describe('webgpu', () => {
  it('is an engine only where it is asked for', async () => {
    vi.stubEnv('RCNN_TEST_ENGINES', undefined);
    expect(await availableEngines()).not.toContain('webgpu');
    expect((await prepareEngine()).name).not.toBe('webgpu');
    vi.stubEnv('RCNN_TEST_ENGINES', 'cpu');
    expect(await availableEngines()).toEqual(['cpu']);
    vi.unstubAllEnvs();
    if (failure !== undefined) expect(failure).toMatch(/^engine webgpu: [^\n]+$/);
  });

  it('names in one line the package that is missing, or why it does not load', async () => {
    const refuse = (code: string, message: string) => () => Promise.reject(Object.assign(new Error(message), { code }));
    await expect(loadPackage('webgpu', refuse('ERR_MODULE_NOT_FOUND', "Cannot find package 'webgpu' imported from here"))).rejects.toThrow(/^webgpu is not installed$/);
    await expect(loadPackage('webgpu', refuse('ERR_DLOPEN_FAILED', 'libstdc++ is too old\nand more'))).rejects.toThrow(/^webgpu does not load here: libstdc\+\+ is too old$/);
  });
});
