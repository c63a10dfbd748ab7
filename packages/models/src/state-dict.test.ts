import { prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { readSafetensors, writeSafetensors, type StateDict } from '@rcnn/weights';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './fixtures/backbones.json' with { type: 'json' };
import { backboneWeights, fasterRcnn, isFolded, loadStateDict, smallFasterRcnn, stateDict, type FasterRcnnConfig } from './index.ts';
import { formulaState } from './testing/formula-state.ts';

const standard = smallFasterRcnn(['a', 'b']);
const tiny: FasterRcnnConfig = { ...standard, backbone: { ...standard.backbone, norm: 'frozen', width: 0.25 }, fpn: { ...standard.fpn, channels: 8 }, box: { ...standard.box, resolution: 3, hidden: 8 } };
const create = (seed: number) => fasterRcnn(tiny, createRng(seed));
const plain = (state: StateDict) => [...state].map(([name, { shape, data }]) => [name, shape, Array.from(data, Number)]);

beforeAll(async () => {
  await prepareEngine();
});

describe('a state dict', () => {
  it('goes to a file and into another model and comes out the same', () => {
    const [first, second] = [create(1), create(2)];
    const saved = stateDict(first.parameters);
    const before = tf.memory();
    const report = loadStateDict(second.parameters, readSafetensors(writeSafetensors(saved)).tensors);
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    expect(report).toEqual({ loaded: first.parameters.map(({ name }) => name), missing: [], unused: [] });
    expect(plain(stateDict(second.parameters))).toEqual(plain(saved));
    first.parameters.forEach(({ variable }, i) => expect(second.parameters[i].variable.dataSync()).toEqual(variable.dataSync()));
    first.dispose();
    second.dispose();
  });

  it("has torchvision's layouts: output channels first, fc6 over channels, rows and columns", () => {
    const model = create(1);
    const shapes = new Map([...stateDict(model.parameters)].map(([name, { shape }]) => [name, shape]));
    expect(shapes.get('backbone.body.0.0.weight')).toEqual([8, 3, 3, 3]);
    expect(shapes.get('backbone.body.2.conv.1.0.weight')).toEqual([48, 1, 3, 3]);
    expect(shapes.get('roi_heads.box_head.fc6.weight')).toEqual([8, 8 * 9]);
    expect(shapes.get('roi_heads.box_predictor.bbox_pred.weight')).toEqual([12, 8]);
    model.dispose();
  });

  it('tells what is missing and what has no place, and leaves the missing as it was', () => {
    const model = create(1);
    const before = model.parameters[0].variable.dataSync().slice();
    const report = loadStateDict(model.parameters, new Map([['rpn.head.cls_logits.bias', { shape: [6], data: new Float32Array(6).fill(2) }], ['fc.bias', { shape: [1], data: Float32Array.of(1) }]]));
    expect(report.loaded).toEqual(['rpn.head.cls_logits.bias']);
    expect(report.missing.length).toBe(model.parameters.length - 1);
    expect(report.unused).toEqual(['fc.bias']);
    expect(model.parameters[0].variable.dataSync()).toEqual(before);
    model.dispose();
  });

  it('of another shape is refused by name, in the shapes of the state dict', () => {
    const model = create(1);
    const load = (name: string, shape: number[]) => () => loadStateDict(model.parameters, new Map([[name, { shape, data: new Float32Array(shape.reduce((product, side) => product * side, 1)) }]]));
    expect(load('roi_heads.box_predictor.cls_score.weight', [91, 8])).toThrow('weights: expected "roi_heads.box_predictor.cls_score.weight" of shape [3, 8], got [91, 8]');
    expect(load('backbone.body.0.0.weight', [8, 3, 7, 7])).toThrow('weights: expected "backbone.body.0.0.weight" of shape [8, 3, 3, 3], got [8, 3, 7, 7]');
    expect(load('roi_heads.box_head.fc6.weight', [8, 70])).toThrow('weights: expected "roi_heads.box_head.fc6.weight" of shape [8, 72], got [8, 70]');
    model.dispose();
  });

  it('of which one tensor does not fit changes none', () => {
    const model = create(1);
    const before = plain(stateDict(model.parameters));
    const last = model.parameters[model.parameters.length - 1].name;
    const others = new Map([...stateDict(create(2).parameters)].map(([name, weight]) => [name, name === last ? { shape: [7], data: new Float32Array(7) } : weight]));
    expect(() => loadStateDict(model.parameters, others)).toThrow(`weights: expected "${last}" of shape`);
    expect(plain(stateDict(model.parameters))).toEqual(before);
    model.dispose();
  });
});

describe('the weights of a classifier', () => {
  const tensors = Object.fromEntries(golden.backbones.map(({ name, tensors }) => [name, tensors]));

  it.each(['resnet18', 'resnet50'])("of torchvision's %s fill a detector's backbone", (name) => {
    const renamed = backboneWeights(formulaState([...tensors[name].filter((tensor) => !tensor.startsWith('layer4')), 'layer4.0.conv1.weight 1x1x1x1', 'fc.bias 3']));
    expect(renamed.has('backbone.body.conv1.weight')).toBe(true);
    expect(renamed.get('backbone.body.layer2.0.downsample.1.running_var')?.shape).toEqual([name === 'resnet18' ? 128 : 512]);
  });

  it("of torchvision's mobilenet_v2 fill a detector's backbone", () => {
    const model = fasterRcnn({ ...tiny, backbone: { ...tiny.backbone, width: 1 } }, createRng(0));
    const source = formulaState([...tensors.mobilenet_v2.map((tensor) => `features.${tensor}`), 'classifier.1.bias 3']);
    const { missing, unused } = loadStateDict(model.parameters, backboneWeights(source));
    expect(missing.every((name) => !name.startsWith('backbone.body.'))).toBe(true);
    expect(unused).toEqual(['backbone.body.classifier.1.bias']);
    expect(isFolded(source)).toBe(false);
    model.dispose();
  });

  it("under TensorFlow's names come under torchvision's", () => {
    const one = { shape: [1], data: Float32Array.of(1) };
    const names = ['Conv/weight', 'Conv/bias', 'expanded_conv/depthwise/bias', 'expanded_conv/project/weight', 'expanded_conv_3/expand/weight', 'expanded_conv_16/depthwise/weight', 'expanded_conv_16/project/bias', 'Conv_1/weight', 'Logits/Conv2d_1c_1x1/bias'];
    const source = new Map(names.map((name) => [`MobilenetV2/${name}`, one]));
    expect([...backboneWeights(source).keys()]).toEqual([
      '0.0.weight', '0.1.bias', '1.conv.0.1.bias', '1.conv.1.weight', '4.conv.0.0.weight', '17.conv.1.0.weight', '17.conv.3.bias', '18.0.weight',
    ].map((name) => `backbone.body.${name}`));
    expect(isFolded(source)).toBe(true);
  });

  it("of a detector come back as they are; of anything else they are refused", () => {
    const detector = new Map([['backbone.body.conv1.weight', { shape: [0], data: new Float32Array(0) }]]);
    expect(backboneWeights(detector)).toBe(detector);
    expect(() => backboneWeights(new Map([['blocks.0.attn', { shape: [0], data: new Float32Array(0) }]]))).toThrow(
      'weights: expected a ResNet or MobileNet v2 classifier or a detector, got tensors like "blocks.0.attn"',
    );
    expect(() => backboneWeights(new Map())).toThrow('none at all');
  });
});
