import { asBoxes, encodeBoxes, type Boxes } from '@rcnn/geometry';
import { paperFastRcnn, smallFasterRcnn } from '@rcnn/models';
import { describe, expect, it } from 'vitest';
import { datasetBoxStatistics, withBoxStatistics } from './box-statistics.ts';
import { defaultTraining, parseRunConfig } from './run-config.ts';

const boxes = asBoxes([10, 10, 50, 50, 60, 20, 90, 80, 0, 0, 100, 100]);
const groundTruth = { boxes, labels: Int32Array.of(1, 2, 1), difficult: new Uint8Array(3), crowd: Uint8Array.of(0, 0, 1) };
const examples = [{ id: 'a', file: 'a.jpg', width: 100, height: 100, groundTruth }];
const dataset = { examples } as Parameters<typeof datasetBoxStatistics>[0];
const near = asBoxes([14, 10, 54, 50]);
const proposals = new Map<string, Boxes>([['a.jpg', asBoxes([...near, 0, 0, 9, 9, 2, 0, 100, 100])]]);
const config = (model: unknown): ReturnType<typeof parseRunConfig> =>
  parseRunConfig({ seed: 1, data: { root: 'd', split: 'train' }, weights: null, proposals: null, boxStatistics: 'class', model, training: { ...defaultTraining, flip: 0 } }, 'test');

describe('statistics of a dataset', () => {
  it('are those of the proposals that show an object, and of the objects themselves; crowds are none', () => {
    const [shift] = encodeBoxes(asBoxes(boxes.subarray(0, 4)), near);
    const { mean, std } = datasetBoxStatistics(dataset, proposals, { of: 'class', foreground: 0.5, classes: 3, flip: false });
    expect(mean[1][0]).toBeCloseTo(shift / 2, 6);
    expect(std[1][0]).toBeCloseTo(Math.abs(shift) / 2, 6);
    expect([mean[2], std[2]]).toEqual([[0, 0, 0, 0], [1, 1, 1, 1]]);
    const all = datasetBoxStatistics(dataset, proposals, { of: 'all', foreground: 0.5, classes: 3, flip: false });
    expect(all.mean[1][0]).toBeCloseTo(shift / 3, 6);
    expect(all.mean[2]).toEqual(all.mean[1]);
  });

  it('have no mean to either side where images are mirrored', () => {
    const { mean, std } = datasetBoxStatistics(dataset, proposals, { of: 'class', foreground: 0.5, classes: 3, flip: true });
    expect(mean[1][0]).toBeCloseTo(0, 6);
    expect(std[1][0]).toBeGreaterThan(0.05);
  });

  it('come into the configuration of a run that asks for them, once', () => {
    const asked = withBoxStatistics(config(paperFastRcnn(['a', 'b'], 'zf')), dataset, proposals);
    expect(asked.model).toMatchObject({ box: { targets: { kind: 'statistics', std: [[1, 1, 1, 1], [expect.closeTo(0.05, 6), 0.0001, 0.0001, 0.0001], [1, 1, 1, 1]] } } });
    expect(withBoxStatistics(asked, dataset, new Map())).toBe(asked);
    expect(parseRunConfig(asked, 'again')).toEqual(asked);
  });

  it('are refused for a model whose proposals are not known before', () => {
    expect(() => withBoxStatistics(config(smallFasterRcnn(['a', 'b'])), dataset, proposals)).toThrow('boxStatistics: expected a Fast R-CNN');
  });
});
