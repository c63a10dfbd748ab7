import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeShapes } from '@rcnn/datasets/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrainingSplit } from './read-training-split.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-split-'));
const at = (...path: string[]): string => join(folder, ...path);
const splitOf = async (root: string, split?: string): Promise<string> => (await readTrainingSplit(at(root), split, { onProblem: 'refuse' })).split;

beforeAll(async () => {
  await writeShapes(at('voc'), { count: 8, size: 32, seed: 1 });
  await writeShapes(at('coco'), { count: 8, size: 32, seed: 1 });
  rmSync(at('voc', 'annotations'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readTrainingSplit', () => {
  it('takes trainval, else train, with a year or without', async () => {
    expect([await splitOf('voc'), await splitOf('voc', 'test')]).toEqual(['trainval', 'test']);
    rmSync(at('voc', 'ImageSets', 'Main', 'trainval.txt'));
    expect(await splitOf('voc')).toBe('train');
    for (const name of ['Annotations', 'ImageSets']) rmSync(at('coco', name), { recursive: true });
    renameSync(at('coco', 'annotations', 'instances_train.json'), at('coco', 'annotations', 'instances_train2017.json'));
    rmSync(at('coco', 'annotations', 'instances_trainval.json'), { force: true });
    expect(await splitOf('coco')).toBe('train2017');
  });

  it('takes the only split there is', async () => {
    rmSync(at('voc', 'ImageSets'), { recursive: true });
    expect(await splitOf('voc')).toBe('all');
  });

  it('names the splits there are where none of them is meant', async () => {
    rmSync(at('coco', 'annotations', 'instances_train2017.json'));
    await expect(splitOf('coco')).rejects.toThrow('no split "train"; there are ');
    mkdirSync(at('none'));
    await expect(splitOf('none')).rejects.toThrow('none: empty folder');
  });
});
