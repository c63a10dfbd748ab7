import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataset, writeShapes } from '@rcnn/datasets/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withRunClasses } from './with-run-classes.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-classes-'));
beforeAll(() => writeShapes(join(folder, 'shapes'), { count: 8, size: 48, seed: 1, classes: ['circle', 'square'] }));
afterAll(() => rmSync(folder, { recursive: true }));

describe('withRunClasses', () => {
  it('gives the labels that the run has for the same names, and leaves the rest', async () => {
    const dataset = await readDataset(join(folder, 'shapes'), { split: 'train' });
    expect(withRunClasses(dataset, dataset.classes)).toBe(dataset);
    const classes = ['ring', 'square', 'circle'];
    const seen = withRunClasses(dataset, classes);
    expect(seen.classes).toEqual(classes);
    const names = ({ classes: own, examples }: typeof dataset) => examples.map(({ groundTruth: { labels } }) => [...labels].map((label) => own[label - 1]));
    expect(names(seen)).toEqual(names(dataset));
    expect(new Set(names(dataset).flat()).size).toBe(2);
    expect(seen.examples[0].groundTruth.boxes).toBe(dataset.examples[0].groundTruth.boxes);
    // A class that is listed, but has no object, is no hindrance.
    expect(withRunClasses({ ...dataset, classes: [...dataset.classes, 'unicorn'] }, classes).classes).toEqual(classes);
  });

  it('refuses objects of a class that the run does not know', async () => {
    const dataset = await readDataset(join(folder, 'shapes'), { split: 'train' });
    expect(() => withRunClasses(dataset, ['circle', 'ring'])).toThrow('shapes: the run knows the classes circle, ring, the dataset has objects of square too');
  });
});
