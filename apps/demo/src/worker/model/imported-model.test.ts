import type { StateDict } from '@rcnn/weights';
import { describe, expect, it } from 'vitest';
import { detectorOf, importedModel } from './imported-model.ts';

const named = (...names: string[]): StateDict => new Map(names.map((name) => [name, { shape: [1], data: new Float32Array(1) }]));
const head = 'roi_heads.box_predictor.cls_score.bias';
const body = 'backbone.body.layer4.2.conv3.weight';

describe('detectorOf', () => {
  it("knows torchvision's detectors by their parameters, and by the file's name where two have the same", () => {
    expect(detectorOf(named(head, body), 'x.pth')).toBe('fasterrcnn_resnet50_fpn');
    expect(detectorOf(named(head, body, 'roi_heads.box_head.5.weight'), 'x.pth')).toBe('fasterrcnn_resnet50_fpn_v2');
    expect(detectorOf(named(head, body, 'roi_heads.mask_predictor.conv5_mask.weight'), 'x.pth')).toBe('maskrcnn_resnet50_fpn');
    expect(detectorOf(named(head, body, 'roi_heads.keypoint_predictor.kps_score_lowres.weight'), 'x.pth')).toBe('keypointrcnn_resnet50_fpn');
    expect(detectorOf(named(head, 'backbone.body.0.0.weight'), 'fasterrcnn_mobilenet_v3_large_320_fpn-907ea3f9.pth')).toBe('fasterrcnn_mobilenet_v3_large_320_fpn');
    expect(detectorOf(named(head, 'backbone.body.0.0.weight'), 'x.pth')).toBe('fasterrcnn_mobilenet_v3_large_fpn');
  });

  it("knows Detectron2's by theirs", () => {
    const rpn = 'proposal_generator.rpn_head.conv.weight';
    expect(detectorOf(named(rpn), 'x.pkl')).toBe('faster_rcnn_R_50_C4');
    expect(detectorOf(named(rpn, 'backbone.fpn_lateral2.weight'), 'x.pkl')).toBe('faster_rcnn_R_50_FPN');
    expect(detectorOf(named(rpn, 'backbone.fpn_lateral2.weight', 'roi_heads.mask_head.mask_fcn1.weight'), 'x.pkl')).toBe('mask_rcnn_R_50_FPN');
  });

  it("says of weights of no such detector, a run's among them, what is expected", () => {
    expect(() => detectorOf(named('features.0.weight'), 'vgg.pth')).toThrow(/^vgg\.pth: expected a detector of torchvision's /);
    expect(() => detectorOf(named(head, 'backbone.body.layer1.0.conv1.weight'), 'model.safetensors')).toThrow(/^model\.safetensors: .*needs its config\.yaml/);
  });
});

describe('importedModel', () => {
  it('says in a line that begins with the name what is wrong with a file', () => {
    expect(() => importedModel({ name: 'text.pth', bytes: new TextEncoder().encode('hello, world') })).toThrow(/^text\.pth: expected safetensors, [^\n]*$/);
    const malicious = Uint8Array.from([0x80, 2, ...new TextEncoder().encode('cos\nsystem\n(S"true"\ntR.')]);
    expect(() => importedModel({ name: 'bad.pth', bytes: malicious })).toThrow(/^bad\.pth: [^\n]*$/);
  });
});
