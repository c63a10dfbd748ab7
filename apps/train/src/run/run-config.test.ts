import { smallFasterRcnn } from '@rcnn/models';
import { describe, expect, it } from 'vitest';
import { merge, parseSetting } from './override.ts';
import { defaultTraining, parseRunConfig } from './run-config.ts';

const sound = { seed: 1, data: { root: 'd', split: 'train' }, weights: null, proposals: null, procedure: 'joint', boxStatistics: null, model: smallFasterRcnn(['a', 'b']), training: defaultTraining };
const withSetting = (setting: string): unknown => merge(sound, parseSetting(setting));

describe('parseRunConfig', () => {
  it('accepts the defaults and gives them back', () => {
    expect(parseRunConfig(sound, 'config.yaml')).toEqual(sound);
  });

  it.each([
    ['training.epoch=3', 'training: Unrecognized key: "epoch"'],
    ['training.epochs=-1', 'training.epochs: '],
    ['training.learningRate=fast', 'training.learningRate: expected number, received string'],
    ['training.schedule={kind: linear}', 'training.schedule.kind'],
    ['model.backbone.name=vgg16', 'model.backbone.name: '],
    ['model.backbone.levels=[5, 3]', 'expected the finer level first'],
    ['model.classes=[]', 'model.classes: '],
    ['model.anchors.sizes=[[8], [16]]', 'expected sizes for 4 levels'],
    ['model.anchors.sizes=[[8], [16], [32], [64, 96]]', 'expected as many sizes on every level'],
  ])('names the file and the setting at fault: %s', (setting, message) => {
    expect(() => parseRunConfig(withSetting(setting), 'my.yaml')).toThrow(message);
    expect(() => parseRunConfig(withSetting(setting), 'my.yaml')).toThrow('my.yaml: ');
  });
});
