import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataset, writeShapes } from '@rcnn/datasets/node';
import { emptyBoxes } from '@rcnn/geometry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateRun } from './evaluate-run.ts';
import type { RunModel } from './run-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-evaluate-'));
const data = join(folder, 'shapes');
beforeAll(() => writeShapes(data, { count: 4, size: 32, seed: 1 }));
afterAll(() => rmSync(folder, { recursive: true }));

/** Finds nothing, but would find masks. */
const model: Pick<RunModel, 'detect'> = {
  detect: () => Promise.resolve([{ boxes: emptyBoxes(0), labels: new Int32Array(0), scores: new Float32Array(0), masks: [] }]),
};

describe('evaluateRun', () => {
  it('goes on without an image of whose objects a mask is malformed, and names image and object', async () => {
    const dataset = await readDataset(data, { split: 'train', format: 'coco' });
    const [first, ...others] = dataset.examples;
    const { groundTruth } = first;
    const segmentations = groundTruth.segmentations?.map((each, i) => (i === 0 ? [[1, 2, 3]] : each)) ?? [];
    const told: string[] = [];
    const examples = [{ ...first, groundTruth: { ...groundTruth, segmentations } }, ...others];
    const { summary } = await evaluateRun(model, { ...dataset, examples }, ({ message }) => told.push(message), { sampleCount: 0 });
    expect(told).toEqual([expect.stringMatching(new RegExp(`${first.file}: mask of object 0: `)) as string]);
    expect(summary.images).toBe(others.length);
    const boxes = others.reduce((sum, example) => sum + example.groundTruth.labels.length, 0);
    expect(Object.values(summary.perClass).reduce((sum, { positives }) => sum + positives, 0)).toBe(boxes);
    expect(summary.cocoMasks?.AP).toBe(0);
  });
});
