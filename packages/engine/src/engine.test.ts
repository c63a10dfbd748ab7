import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { asEngineName, availableEngines, engineNames, prepareEngine } from './engine.ts';

const available = await availableEngines();
const backends = { 'tfjs-node-gpu': 'tensorflow', 'tfjs-node': 'tensorflow', onnx: 'onnx', wasm: 'wasm', cpu: 'cpu', webgpu: 'webgpu' };

describe('prepareEngine', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each(available)('starts %s when asked, and makes its backend the current one', async (engine) => {
    const { name, backend, reason } = await prepareEngine({ engine });
    expect({ name, backend, reason }).toEqual({ name: engine, backend: backends[engine], reason: 'as asked' });
    expect(tf.getBackend()).toBe(backend);
    expect([...tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 1]))).dataSync()]).toEqual([3, 3]);
  });

  it('takes the best there is when nothing is asked, and says what it passed over', async () => {
    const [best] = available;
    const { name, reason } = await prepareEngine();
    expect(name).toBe(best);
    for (const passed of engineNames.slice(0, engineNames.indexOf(best))) expect(reason).toContain(`${passed}: `);
  });

  it('is told by RCNN_ENGINE, and the option goes before it', async () => {
    vi.stubEnv('RCNN_ENGINE', 'cpu');
    expect((await prepareEngine()).name).toBe('cpu');
    expect((await prepareEngine({ engine: 'wasm' })).name).toBe('wasm');
    vi.stubEnv('RCNN_ENGINE', 'abacus');
    await expect(prepareEngine()).rejects.toThrow('expected one of tfjs-node-gpu, tfjs-node, onnx, wasm, cpu, webgpu, got "abacus"');
  });

  it('says why an engine that is asked for cannot start', async () => {
    const missing = engineNames.find((name) => name.startsWith('tfjs-node') && !available.includes(name));
    if (missing !== undefined) await expect(prepareEngine({ engine: missing })).rejects.toThrow(`engine ${missing}: @tensorflow/`);
  });

  it('registers the gradients that tfjs-core alone lacks', async () => {
    await prepareEngine({ engine: 'cpu' });
    const gradient = tf.tidy(() => tf.grad((x: tf.Tensor) => tf.sum(tf.square(x)))(tf.tensor1d([1, 2])).dataSync());
    expect([...gradient]).toEqual([2, 4]);
  });
});

describe('asEngineName', () => {
  it('knows every engine and nothing else', () => {
    expect(engineNames.map(asEngineName)).toEqual([...engineNames]);
    expect(() => asEngineName('WASM')).toThrow('got "WASM"');
  });
});
