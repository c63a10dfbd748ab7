import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { availableEngines, prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { createParameters, type NormKind } from '@rcnn/nn';
import { readSafetensors } from '@rcnn/weights';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/backbones.json' with { type: 'json' };
import tensorflow from './fixtures/tensorflow-mobilenet-v2.json' with { type: 'json' };
import { backboneWeights, createBackbone, featurePyramid, imageBatch, loadStateDict, smallFasterRcnn, type BackboneName } from './index.ts';
import { resnet } from './resnet.ts';
import { formulaState } from './testing/formula-state.ts';
import { imageOf } from './testing/image.ts';
import { noiseTensor } from '@rcnn/tooling/testing/noise';
import { expectSummary, type Summary } from './testing/summary.ts';

const mobilenetFile = fileURLToPath(new URL('../../../../shared/data/weights/mobilenet_v2_1.0_224.safetensors', import.meta.url));
const evaluation = { training: false };

function expectMaps(maps: readonly tf.Tensor[], expected: readonly Summary[], tolerance: number): void {
  expect(maps.length).toBe(expected.length);
  maps.forEach((map, level) => expectSummary({ shape: map.shape, data: map.dataSync() }, expected[level], tolerance));
}

const engines = await availableEngines();

describe.each(engines)('on %s', (engine) => {
  beforeAll(async () => {
    await prepareEngine({ engine });
  });

  // The large ones once, on the best engine; their layers are proven on every one.
  const cases = golden.backbones
    .filter(({ name }) => name !== 'resnext' && (engine === engines[0] || name.startsWith('mobilenet')))
    .flatMap((each) => (each.name.startsWith('mobilenet') ? (['frozen', 'trained'] as const) : (['frozen'] as const)).map((norm) => [each.name, norm, each] as const));

  it.each(cases)("%s with %s norm equals torchvision's: names, layouts, padding and maps", (name, norm, { tensors, gains, maps }) => {
    const parameters = createParameters(createRng(0));
    const backbone = createBackbone(parameters, { name: name as BackboneName, norm, epsilon: 1e-5, width: 1, padding: 'torch', levels: name === 'mobilenet_v3_large' ? [4, 6] : [2, 5], frozen: [] });
    const report = loadStateDict(parameters.all(), formulaState(tensors, gains));
    expect([report.missing, report.unused]).toEqual([[], []]);
    tf.tidy(() => {
      const before = tf.memory().numTensors;
      const computed = backbone.forward(noiseTensor([1, 40, 56, 3], 1, 4), evaluation);
      expect(tf.memory().numTensors - before).toBe(1 + computed.length);
      expect(backbone.channels).toEqual(maps.map(({ shape }) => shape[3]));
      expectMaps(computed, maps, 1e-4);
    });
    parameters.dispose();
  });

  it.skipIf(engine !== engines[0])("ResNeXt's grouped convolutions equal torchvision's", () => {
    const found = golden.backbones.find(({ name }) => name === 'resnext');
    if (found === undefined) throw new Error('expected resnext among the golden backbones');
    const parameters = createParameters(createRng(0));
    const { backbone } = smallFasterRcnn(['a']);
    const layers = resnet(parameters, { ...backbone, norm: 'frozen', levels: [2, 5], block: 'bottleneck', depths: [1, 1, 1, 1], groups: 32, groupWidth: 4 });
    const report = loadStateDict(parameters.all(), formulaState(found.tensors, found.gains));
    expect([report.missing, report.unused]).toEqual([[], []]);
    tf.tidy(() => expectMaps(layers.forward(noiseTensor([1, 40, 56, 3], 1, 4), evaluation), found.maps, 1e-4));
    parameters.dispose();
  });

  it.skipIf(engine !== engines[0]).each([
    // Channels within the blocks of the last stage, blocks of the third.
    ['resnet101', 64, 23], ['resnext50_32x4d', 128, 6], ['resnext101_32x4d', 128, 23], ['resnext101_32x8d', 256, 23], ['resnext101_64x4d', 256, 23],
  ] as const)('%s at an eighth of its width', (name, middle, depth) => {
    const parameters = createParameters(createRng(0));
    const { backbone } = smallFasterRcnn(['a']);
    const { channels } = createBackbone(parameters, { ...backbone, name, width: 0.125, levels: [2, 5] });
    expect(channels).toEqual([32, 64, 128, 256]);
    const shapes = new Map(parameters.all().map((each) => [each.name, each.variable.shape]));
    expect(shapes.get('layer4.2.conv3.weight')).toEqual([1, 1, middle, 256]);
    expect([...shapes.keys()].filter((each) => /^layer3\.\d+\.conv1\.weight$/.test(each))).toHaveLength(depth);
    parameters.dispose();
  });

  it.each<NormKind>(['group', 'folded'])('a backbone without batch norm has other parameters, and maps of the same extents: %s', (norm) => {
    for (const name of ['resnet18', 'mobilenet_v2', 'mobilenet_v3_large'] as const) {
      const parameters = createParameters(createRng(0));
      const backbone = createBackbone(parameters, { name, norm, epsilon: 1e-5, width: 0.25, padding: 'tensorflow', levels: [3, 4], frozen: [] });
      expect(parameters.all().some(({ name: tensor }) => tensor.includes('running'))).toBe(false);
      tf.tidy(() => {
        const maps = backbone.forward(noiseTensor([1, 33, 64, 3], 1), { training: true });
        expect(maps.map(({ shape }) => shape)).toEqual(backbone.channels.map((channels, i) => [1, [5, 3][i], [8, 4][i], channels]));
      });
      parameters.dispose();
    }
  });

  it("the feature pyramid equals torchvision's, odd extents too", () => {
    const parameters = createParameters(createRng(0));
    const fpn = featurePyramid(parameters, { inChannels: [8, 16, 24], channels: 8 });
    const report = loadStateDict(parameters.all(), formulaState(golden.pyramid.tensors));
    expect([report.missing, report.unused]).toEqual([[], []]);
    tf.tidy(() => {
      const maps = [[10, 14], [5, 7], [3, 4]].map(([height, width], i) => noiseTensor<tf.Tensor4D>([2, height, width, 8 * (i + 1)], i));
      expectMaps(fpn(maps, evaluation), golden.pyramid.maps, 1e-5);
    });
    parameters.dispose();
  });

  it.skipIf(!existsSync(mobilenetFile) || engine === 'cpu')("TensorFlow's MobileNet v2 (skipped where ../shared/data is absent) gives the maps of a literal forward pass", () => {
    const config = smallFasterRcnn(['a']);
    const parameters = createParameters(createRng(0));
    const backbone = createBackbone(parameters.at('backbone').at('body'), { ...config.backbone, norm: 'folded', padding: 'tensorflow' });
    const report = loadStateDict(parameters.all(), backboneWeights(readSafetensors(readFileSync(mobilenetFile)).tensors));
    expect(report.missing).toEqual([]);
    expect(report.unused).toEqual(['backbone.body.18.0.weight', 'backbone.body.18.1.bias']);
    tf.tidy(() => {
      const { pixels } = imageBatch([imageOf(224, 224, 7)], { minSize: 224, maxSize: 224, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] });
      expectMaps(backbone.forward(pixels, evaluation), tensorflow.maps, 1e-4);
    });
    parameters.dispose();
  });
});
