import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateCoco, evaluateVoc } from '@rcnn/eval';
import { afterAll, describe, expect, it } from 'vitest';
import { summariseEvaluation } from '../report/evaluation-summary.ts';
import { keepEvaluation, keptEvaluation } from './kept-evaluation.ts';
import { runDirectory } from './run-directory.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('keepEvaluation', () => {
  it('keeps figures and pictures as long as the parameters are those evaluated', () => {
    const directory = runDirectory(folder);
    const truth = [{ image: 1, boxes: [0, 0, 9, 9], labels: [1] }];
    const found = [{ ...truth[0], scores: [0.5] }];
    const summary = summariseEvaluation({ split: 'test', images: 1, classes: ['a'], voc: evaluateVoc(truth, found), coco: evaluateCoco(truth, found) });
    expect(keptEvaluation(directory)).toBeUndefined();
    writeFileSync(directory.checkpoint, 'halfway');
    keepEvaluation(directory, { summary, samples: [{ name: 'x', png: Buffer.from([1, 2, 255]) }] });
    expect(keptEvaluation(directory)).toEqual({ summary, samples: [{ name: 'x', png: Buffer.from([1, 2, 255]) }] });
    writeFileSync(directory.model, 'whole');
    expect(keptEvaluation(directory)).toBeUndefined();
    rmSync(directory.model);
    expect(keptEvaluation(directory)).toBeDefined();
    writeFileSync(directory.reportEvaluation, '{');
    expect(keptEvaluation(directory)).toBeUndefined();
  });
});
