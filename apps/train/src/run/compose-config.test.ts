import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '@rcnn/datasets';
import { asBoxes } from '@rcnn/geometry';
import { afterAll, describe, expect, it } from 'vitest';
import { composeConfig } from './compose-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-compose-'));
afterAll(() => rmSync(folder, { recursive: true }));

const groundTruth = { boxes: asBoxes([0, 0, 9, 9]), labels: Int32Array.of(1), difficult: Uint8Array.of(0), crowd: Uint8Array.of(0) };
const dataset: Dataset = { format: 'voc', root: 'mine', split: 'train', classes: ['a'], examples: [{ id: '1', file: '1.jpg', width: 64, height: 64, groundTruth }], problems: [] };
const compose = (set: readonly string[], text?: string): ReturnType<typeof composeConfig> => {
  const config = text === undefined ? undefined : join(folder, 'settings.yaml');
  if (config !== undefined) writeFileSync(config, text ?? '');
  return composeConfig(dataset, { model: 'faster-rcnn', set, seed: 1, replicas: 1, config });
};

describe('composeConfig', () => {
  it('puts each --set over the file, and the file over the defaults', () => {
    const { training } = compose(['training.epochs=3'], 'training: { epochs: 2, batchSize: 5 }');
    expect([training.epochs, training.batchSize, training.replicas]).toEqual([3, 5, 1]);
  });

  it('says which of the two is at fault', () => {
    const file = join(folder, 'settings.yaml');
    expect(() => compose(['training.epochs=nope'], 'training: { batchSize: 5 }')).toThrow("option '--set': training.epochs: expected number, received string");
    expect(() => compose(['training.epochs=nope'])).toThrow("option '--set': training.epochs: ");
    expect(() => compose(['training.epochs=2'], 'training: { batchSize: nope }')).toThrow(`${file}: training.batchSize: `);
    // A setting may mend what is wrong without it.
    expect(compose(['training.batchSize=4'], 'training: { batchSize: nope }').training.batchSize).toBe(4);
  });

  it('has the data that are read, whatever dataset the file is of, and refuses to be told other ones', () => {
    expect(compose([], 'data: { root: other, split: test }').data).toEqual({ root: 'mine', split: 'train' });
    for (const setting of ['data.root=other', 'data.split=test', 'data={root: other}']) {
      expect(() => compose([setting])).toThrow("option '--set': expected nothing of data, which --data and --split say");
    }
  });

  it('refuses a file that is a folder, or is not there', () => {
    mkdirSync(join(folder, 'empty'));
    const from = (config: string) => () => composeConfig(dataset, { model: 'faster-rcnn', set: [], seed: 1, replicas: 1, config });
    expect(from(join(folder, 'empty'))).toThrow('empty: expected a file, got a folder');
    expect(from(join(folder, 'none.yaml'))).toThrow('none.yaml: no such file');
  });
});
