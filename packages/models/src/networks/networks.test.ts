import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import { noiseTensor } from '@rcnn/tooling/testing/noise';
import { readSafetensors, type StateDict } from '@rcnn/weights';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from '../fixtures/networks.json' with { type: 'json' };
import { createRegionNetwork, imageBatch, loadStateDict, networkWeights, regionNetworkNames, squeezeNetPixels, type RegionNetworkName } from '../index.ts';
import { formulaState } from '../testing/formula-state.ts';
import { expectSummary } from '../testing/summary.ts';

const file = fileURLToPath(new URL('../../../../../shared/data/weights/squeezenet_v1.0_deepcompressed.safetensors', import.meta.url));
const { width, hidden } = golden;
const engines = await availableEngines();
const valuesOf = (tensor: tf.Tensor) => ({ shape: tensor.shape, data: tensor.dataSync() });

describe.each(engines)('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  it.each([
    ...golden.networks.map((each) => [each.name, 'crop', each] as const),
    [golden.wholeImage.name, 'image', golden.wholeImage] as const,
  ])('%s over a %s equals a network of torch: names, layouts, map and its gradient, pool5, fc7', (name, input, { tensors, map, gradient, pool5, fc7 }) => {
    const parameters = createParameters(createRng(0));
    const network = createRegionNetwork(parameters, { name: name as RegionNetworkName, width, hidden: hidden as [number, number], input });
    const report = loadStateDict(parameters.all(), formulaState(tensors));
    expect([report.missing, report.unused]).toEqual([[], []]);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const pixels = noiseTensor<tf.Tensor4D>([1, 75, 91, 3], 1, 4);
      const own = tf.memory().numTensors;
      const computed = network.convolutions(pixels);
      expect(tf.memory().numTensors).toBe(own + 1);
      expectSummary(valuesOf(computed), map, 1e-4, 'map');
      const dy = noiseTensor<tf.Tensor4D>(computed.shape, 2);
      expectSummary(valuesOf(tf.grad((x) => network.convolutions(x as tf.Tensor4D))(pixels, dy)), gradient, 1e-3, 'gradient');
      const pooled = network.pool5(network.convolutions(noiseTensor([1, network.cropSize, network.cropSize, 3], 3, 4)));
      expect(pooled.shape).toEqual([1, network.pooledSize, network.pooledSize, network.channels]);
      expectSummary(valuesOf(pooled), pool5, 1e-4, 'pool5');
      expectSummary(valuesOf(network.fc7(network.fc6(tf.reshape(pooled, [1, -1])))), fc7, 1e-4, 'fc7');
    });
    expect(tf.memory().numTensors).toBe(before);
    parameters.dispose();
  });

  it('dropout leaves about half of the features, twice as large, and the same ones for the same seed', () => {
    const parameters = createParameters(createRng(1));
    const network = createRegionNetwork(parameters, { name: 'squeezenet1_0', width, hidden: [400, 300] });
    tf.tidy(() => {
      const flat = noiseTensor<tf.Tensor2D>([3, 36 * network.channels], 4);
      const all = network.fc6(flat).dataSync();
      const some = network.fc6(flat, createRng(7)).dataSync();
      expect([...network.fc6(flat, createRng(7)).dataSync()]).toEqual([...some]);
      const alive = [...all.keys()].filter((i) => all[i] > 0);
      const kept = alive.filter((i) => some[i] > 0);
      expect(kept.length / alive.length).toBeGreaterThan(0.4);
      expect(kept.length / alive.length).toBeLessThan(0.6);
      kept.forEach((i) => expect(some[i]).toBeCloseTo(2 * all[i], 5));
    });
    parameters.dispose();
  });

  it.skipIf(!existsSync(file) || engine === 'cpu')('SqueezeNet as released loads in full, and gives a map of 13 × 13 (skipped where ../shared/data is absent)', () => {
    const parameters = createParameters(createRng(0));
    const network = createRegionNetwork(parameters, { name: 'squeezenet1_0', hidden: [16, 16] });
    const report = loadStateDict(parameters.all(), networkWeights(readSafetensors(readFileSync(file)).tensors));
    expect(report.missing).toEqual(['fc6.weight', 'fc6.bias', 'fc7.weight', 'fc7.bias']);
    expect(report.unused).toEqual([]);
    tf.tidy(() => {
      const { pixels } = imageBatch([{ width: 227, height: 227, data: new Uint8Array(227 * 227 * 3).fill(120) }], { ...squeezeNetPixels, minSize: 227, maxSize: 227 }, { divisor: 1 });
      expect(network.convolutions(pixels).shape).toEqual([1, 13, 13, 512]);
    });
    parameters.dispose();
  });
});

describe('weights of a classifier', () => {
  const dict = (...names: string[]): StateDict => new Map(names.map((name) => [name, { shape: [1], data: new Float32Array(1) }]));

  it.each([
    ['VGG16 of torchvision', ['features.0.weight', 'classifier.0.bias', 'classifier.6.weight'], ['p.features.0.weight', 'p.classifier.0.bias']],
    ['VGG16 of Caffe', ['conv1_1.weight', 'conv5_3.bias', 'fc6.weight', 'fc7.bias', 'fc8.weight'], ['p.features.0.weight', 'p.features.28.bias', 'p.classifier.0.weight', 'p.classifier.3.bias']],
    ['CaffeNet', ['conv1.weight', 'fc6/bias', 'fc8.weight'], ['p.conv1.weight', 'p.fc6.bias']],
    ['SqueezeNet as released', ['fire2/conv1x1_1/weight', 'fire9/conv3x3_2/bias', 'conv_final/bias'], ['p.features.3.squeeze.weight', 'p.features.12.expand3x3.bias']],
  ])('take the names of the network: %s', (_, from, to) => {
    expect([...networkWeights(dict(...from), { prefix: 'p.' }).keys()]).toEqual(to);
  });

  it('that read BGR are turned round', () => {
    const source: StateDict = new Map([
      ['conv1/weight', { shape: [2, 3, 1, 2], data: Float32Array.from({ length: 12 }, (_, i) => i) }],
      ['fire2/conv1x1_1/weight', { shape: [1, 1, 1, 1], data: new Float32Array(1) }],
    ]);
    expect([...(networkWeights(source).get('features.0.weight')?.data as Float32Array)]).toEqual([4, 5, 2, 3, 0, 1, 10, 11, 8, 9, 6, 7]);
  });

  it('of anything else are refused by what they hold', () => {
    expect(() => networkWeights(dict('layer1.0.conv1.weight'))).toThrow('weights: expected a VGG16, SqueezeNet or Caffe classifier, got tensors like "layer1.0.conv1.weight"');
  });

  it('there is a network of every name', () => {
    expect(golden.networks.map(({ name }) => name).sort()).toEqual([...regionNetworkNames].sort());
  });
});
