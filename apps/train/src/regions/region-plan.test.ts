import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDataset } from '@rcnn/datasets/node';
import { describe, expect, it } from 'vitest';
import type { SearchSettings } from '../proposals/proposals-task.ts';
import { searchImages } from '../proposals/search-images.ts';
import { planRegions } from './region-plan.ts';
import { temporaryShapes } from './testing/temporary-shapes.ts';

const { at, data } = temporaryShapes('plan');
const search: SearchSettings = { flavour: 'opencv', mode: 'single', seed: 0, max: 5, minBoxSize: null, ranking: null };
const all = { regions: { nmsThreshold: 1, train: Infinity, test: Infinity } };

describe('planRegions', () => {
  it('leaves out an image that cannot be decoded, or is of another size than annotated, and says why', async () => {
    const dataset = await readDataset(data, { split: 'train' });
    const [first, second, third] = dataset.examples;
    const damaged = join(at(), 'damaged.jpg');
    writeFileSync(damaged, 'text');
    const examples = [first, { ...second, width: 65 }, { ...third, file: damaged }];
    const proposals = await searchImages(examples, search, { workers: 1, cache: null });
    const told: string[] = [];
    const plan = (own: typeof examples) => planRegions({ ...dataset, examples: own }, all, { proposals, use: 'train', onDamaged: ({ message }) => told.push(message) });
    const planned = await plan(examples);
    expect(planned.map(({ example }) => example)).toEqual([first]);
    expect(planned[0].boxes.length / 4).toBe(first.groundTruth.labels.length + (proposals.get(first.file)?.length ?? 0) / 4);
    expect(told).toEqual([`${second.file}: the image is 64×64, its annotation says 65×64`, `${damaged}: not an image, but text`]);
    await expect(plan(examples.slice(1))).rejects.toThrow(`${data}: no image of train can be decoded`);
  });
});
