import type { StateDict } from '@rcnn/weights';
import { describe, expect, it } from 'vitest';
import { detectorWeights, detectron2Names, hasDetectron2Names, hasOldTorchvisionNames, torchvisionNames } from '../index.ts';

/** Tensors of these shapes whose numbers count up from 1. */
const stateOf = (shapes: Readonly<Record<string, readonly number[]>>): StateDict =>
  new Map(Object.entries(shapes).map(([name, shape]) => [name, { shape, data: Float32Array.from({ length: shape.reduce((size, side) => size * side, 1) }, (_, i) => i + 1) }]));
const numbers = (state: StateDict, name: string): number[] => Array.from(state.get(name)?.data ?? [], Number);

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
    const agnostic = detectron2Names(stateOf({ 'roi_heads.box_predictor.bbox_pred.bias': [4] }));
    expect(numbers(agnostic, 'roi_heads.box_predictor.bbox_pred.bias')).toEqual([1, 2, 3, 4]);
  });

  it('puts the anchors of R50-C4 in the order ratio by ratio, and the first filter to R, G, B', () => {
    const named = detectron2Names(stateOf({
      'backbone.stem.conv1.weight': [1, 3, 1, 1],
      'backbone.res4.5.conv2.weight': [1],
      'roi_heads.res5.0.conv1.norm.bias': [1],
      'proposal_generator.rpn_head.objectness_logits.bias': [6], // two sizes, three ratios: s0r0 s0r1 s0r2 s1r0 s1r1 s1r2
      'proposal_generator.rpn_head.anchor_deltas.bias': [24],
      'proposal_generator.anchor_generator.cell_anchors.0': [6, 4],
      pixel_mean: [3, 1, 1],
    }));
    expect(numbers(named, 'backbone.body.conv1.weight')).toEqual([3, 2, 1]);
    expect(numbers(named, 'rpn.head.cls_logits.bias')).toEqual([1, 4, 2, 5, 3, 6]);
    expect(numbers(named, 'rpn.head.bbox_pred.bias').slice(0, 8)).toEqual([1, 2, 3, 4, 13, 14, 15, 16]);
    expect([...named.keys()]).toEqual([
      'backbone.body.conv1.weight', 'backbone.body.layer3.5.conv2.weight', 'roi_heads.box_head.layer4.0.bn1.bias', 'rpn.head.cls_logits.bias', 'rpn.head.bbox_pred.bias',
    ]);
  });

  it('refuses a tensor that it does not know', () => {
    expect(() => detectron2Names(stateOf({ 'backbone.bottom_up.stem.conv1.weight': [1, 3, 1, 1], 'sem_seg_head.p2.0.weight': [1] }))).toThrow(
      'weights: expected a tensor of Detectron2\'s R50-FPN or R50-C4, got "sem_seg_head.p2.0.weight"',
    );
    expect(() => detectron2Names(stateOf({ 'proposal_generator.rpn_head.objectness_logits.bias': [4] }))).toThrow('weights: expected anchors of 3 ratios, got 4 a cell');
  });
});
