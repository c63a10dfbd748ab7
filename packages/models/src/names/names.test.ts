import { prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import type { StateDict } from '@rcnn/weights';
import { describe, expect, it } from 'vitest';
import {
  createDetector, detectorWeights, detectron2FasterRcnnR50C4, detectron2FasterRcnnR50Fpn, detectron2Names, hasDetectron2Names, hasOldTorchvisionNames,
  torchvisionNames,
} from '../index.ts';

/** Tensors of these shapes whose numbers count up from 1. */
const stateOf = (shapes: Readonly<Record<string, readonly number[]>>): StateDict =>
  new Map(Object.entries(shapes).map(([name, shape]) => [name, { shape, data: Float32Array.from({ length: shape.reduce((size, side) => size * side, 1) }, (_, i) => i + 1) }]));
const numbers = (state: StateDict, name: string): number[] => Array.from(state.get(name)?.data ?? [], Number);

/** The names of Detectron2's own models. */
function detectron2TensorNames(model: 'R50-FPN' | 'R50-C4'): string[] {
  const body = model === 'R50-FPN' ? 'backbone.bottom_up.' : 'backbone.';
  const layer = (name: string): string[] => [`${name}.weight`, ...['weight', 'bias', 'running_mean', 'running_var'].map((kind) => `${name}.norm.${kind}`)];
  const biased = (...names: string[]): string[] => names.flatMap((name) => [`${name}.weight`, `${name}.bias`]);
  const stage = (number: number, blocks: number): string[] => {
    const at = number === 5 && model === 'R50-C4' ? 'roi_heads.' : body;
    return [
      ...layer(`${at}res${number}.0.shortcut`),
      ...Array.from({ length: blocks }, (_, block) => ['conv1', 'conv2', 'conv3'].flatMap((conv) => layer(`${at}res${number}.${block}.${conv}`))).flat(),
    ];
  };
  return [
    ...layer(`${body}stem.conv1`), ...stage(2, 3), ...stage(3, 4), ...stage(4, 6), ...stage(5, 3),
    ...biased('proposal_generator.rpn_head.conv', 'proposal_generator.rpn_head.objectness_logits', 'proposal_generator.rpn_head.anchor_deltas'),
    ...biased('roi_heads.box_predictor.cls_score', 'roi_heads.box_predictor.bbox_pred'),
    ...(model === 'R50-C4' ? [] : biased('roi_heads.box_head.fc1', 'roi_heads.box_head.fc2', ...[2, 3, 4, 5].flatMap((level) => [`backbone.fpn_lateral${level}`, `backbone.fpn_output${level}`]))),
  ];
}

describe('torchvisionNames', () => {
  const old = ['rpn.head.conv.weight', 'rpn.head.conv.bias', 'backbone.fpn.inner_blocks.3.bias', 'backbone.fpn.layer_blocks.0.weight', 'roi_heads.mask_head.mask_fcn4.weight'];
  const present = ['rpn.head.conv.0.0.weight', 'rpn.head.conv.0.0.bias', 'backbone.fpn.inner_blocks.3.0.bias', 'backbone.fpn.layer_blocks.0.0.weight', 'roi_heads.mask_head.3.0.weight'];
  const others = ['backbone.body.conv1.weight', 'rpn.head.cls_logits.weight', 'roi_heads.box_head.fc6.weight', 'backbone.fpn.inner_blocks.0.1.running_mean'];
  const named = (names: readonly string[]): StateDict => new Map(names.map((name) => [name, { shape: [0], data: new Float32Array(0) }]));

  it('turns the names of before 0.13 into those of after, and leaves those as they are', () => {
    expect([...torchvisionNames(named([...old, ...others])).keys()]).toEqual([...present, ...others]);
    expect([...torchvisionNames(named([...present, ...others])).keys()]).toEqual([...present, ...others]);
    expect([...torchvisionNames(named(old.map((name) => `module.${name}`))).keys()]).toEqual(present);
  });

  it('are told apart', () => {
    expect(hasOldTorchvisionNames(named([...others, old[2]]))).toBe(true);
    expect(hasOldTorchvisionNames(named([...others, ...present]))).toBe(false);
  });
});

describe('detectron2Names', () => {
  it('names the tensors of R50-FPN with masks', () => {
    const names = {
      'backbone.bottom_up.stem.conv1.norm.running_var': 'backbone.body.bn1.running_var',
      'backbone.bottom_up.res2.0.shortcut.weight': 'backbone.body.layer1.0.downsample.0.weight',
      'backbone.bottom_up.res2.0.shortcut.norm.bias': 'backbone.body.layer1.0.downsample.1.bias',
      'backbone.bottom_up.res5.2.conv3.weight': 'backbone.body.layer4.2.conv3.weight',
      'backbone.bottom_up.res5.2.conv3.norm.weight': 'backbone.body.layer4.2.bn3.weight',
      'backbone.fpn_lateral2.weight': 'backbone.fpn.inner_blocks.0.0.weight',
      'backbone.fpn_output5.bias': 'backbone.fpn.layer_blocks.3.0.bias',
      'proposal_generator.rpn_head.conv.bias': 'rpn.head.conv.0.0.bias',
      'roi_heads.box_head.fc1.weight': 'roi_heads.box_head.fc6.weight',
      'roi_heads.mask_head.mask_fcn1.bias': 'roi_heads.mask_head.0.0.bias',
      'roi_heads.mask_head.deconv.weight': 'roi_heads.mask_predictor.conv5_mask.weight',
    };
    const source = stateOf(Object.fromEntries(Object.keys(names).map((name) => [name, [2]])));
    expect([...detectron2Names(source).keys()]).toEqual(Object.values(names));
    expect(hasDetectron2Names(source)).toBe(true);
    expect([...detectorWeights(source).keys()]).toEqual(Object.values(names));
  });

  it('puts the background first, with zeros for the boxes and masks it does not have', () => {
    const named = detectron2Names(stateOf({
      'roi_heads.box_predictor.cls_score.weight': [3, 2], 'roi_heads.box_predictor.cls_score.bias': [3],
      'roi_heads.box_predictor.bbox_pred.weight': [8, 1], 'roi_heads.mask_head.predictor.bias': [2],
    }));
    expect(numbers(named, 'roi_heads.box_predictor.cls_score.weight')).toEqual([5, 6, 1, 2, 3, 4]);
    expect(numbers(named, 'roi_heads.box_predictor.cls_score.bias')).toEqual([3, 1, 2]);
    expect(named.get('roi_heads.box_predictor.bbox_pred.weight')?.shape).toEqual([12, 1]);
    expect(numbers(named, 'roi_heads.box_predictor.bbox_pred.weight')).toEqual([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(numbers(named, 'roi_heads.mask_predictor.mask_fcn_logits.bias')).toEqual([0, 1, 2]);
    const agnostic = detectron2Names(stateOf({
      'roi_heads.box_predictor.cls_score.weight': [3, 2], 'roi_heads.box_predictor.bbox_pred.bias': [4], 'roi_heads.mask_head.predictor.bias': [1],
    }));
    expect(numbers(agnostic, 'roi_heads.box_predictor.bbox_pred.bias')).toEqual([1, 2, 3, 4]);
    expect(numbers(agnostic, 'roi_heads.mask_predictor.mask_fcn_logits.bias')).toEqual([1]);
  });

  it('gives one class its background too', () => {
    const named = detectron2Names(stateOf({
      'roi_heads.box_predictor.cls_score.weight': [2, 1], 'roi_heads.box_predictor.bbox_pred.bias': [4], 'roi_heads.mask_head.predictor.weight': [1, 2, 1, 1],
    }));
    expect(numbers(named, 'roi_heads.box_predictor.bbox_pred.bias')).toEqual([0, 0, 0, 0, 1, 2, 3, 4]);
    expect(named.get('roi_heads.mask_predictor.mask_fcn_logits.weight')?.shape).toEqual([2, 2, 1, 1]);
    expect(numbers(named, 'roi_heads.mask_predictor.mask_fcn_logits.weight')).toEqual([0, 0, 1, 2]);
  });

  it('turns the first filter to R, G, B, and leaves anchors as they are', () => {
    const named = detectron2Names(stateOf({
      'backbone.stem.conv1.weight': [1, 3, 1, 1],
      'proposal_generator.rpn_head.anchor_deltas.bias': [24],
      'proposal_generator.anchor_generator.cell_anchors.0': [6, 4],
      pixel_mean: [3, 1, 1],
    }));
    expect(numbers(named, 'backbone.body.conv1.weight')).toEqual([3, 2, 1]);
    expect(numbers(named, 'rpn.head.bbox_pred.bias')).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    expect([...named.keys()]).toEqual(['backbone.body.conv1.weight', 'rpn.head.bbox_pred.bias']);
  });

  it.each(['R50-FPN', 'R50-C4'] as const)('names every parameter of the preset for %s', async (name) => {
    await prepareEngine();
    const classes = ['a', 'b'];
    const [fpn, c4] = [detectron2FasterRcnnR50Fpn(classes), detectron2FasterRcnnR50C4(classes)];
    const narrow = { width: 1 / 16 };
    const model = name === 'R50-FPN'
      ? createDetector({ ...fpn, backbone: { ...fpn.backbone, ...narrow }, fpn: { ...fpn.fpn, channels: 4 }, box: { ...fpn.box, hidden: 4 } }, createRng(1))
      : createDetector({ ...c4, backbone: { ...c4.backbone, ...narrow }, rpnChannels: 4 }, createRng(1));
    const theirs = detectron2Names(new Map(detectron2TensorNames(name).map((each) => [each, { shape: [4, 3, 1, 1], data: new Float32Array(12) }])));
    expect([...theirs.keys()].sort()).toEqual(model.parameters.map((each) => each.name).sort());
    model.dispose();
  });

  it('refuses a tensor that it does not know', () => {
    expect(() => detectron2Names(stateOf({ 'backbone.bottom_up.stem.conv1.weight': [1, 3, 1, 1], 'sem_seg_head.p2.0.weight': [1] }))).toThrow(
      'weights: expected a tensor of Detectron2\'s R50-FPN or R50-C4, got "sem_seg_head.p2.0.weight"',
    );
  });
});
