import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataset, writeShapes } from '@rcnn/datasets/node';
import type { Dataset } from '@rcnn/datasets';
import { asBoxes } from '@rcnn/geometry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBatches } from './batches.ts';
import { defaultTraining } from './run-config.ts';

const folder = join(mkdtempSync(join(tmpdir(), 'rcnn-batches-')), 'shapes');
const config = { seed: 5, training: { ...defaultTraining, batchSize: 4 } };
const refuse = (error: Error): void => {
  throw error;
};
let dataset: Dataset;

beforeAll(async () => {
  await writeShapes(folder, { count: 24, size: 48, seed: 1 });
  dataset = await readDataset(folder, { split: 'train' });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('createBatches', () => {
  it('reads the same batch for a step whatever was read before', async () => {
    const [inOrder, direct] = [createBatches(dataset, config, refuse), createBatches(dataset, config, refuse)];
    for (let step = 0; step < 7; step++) await inOrder.read(step);
    expect(await inOrder.read(7)).toEqual(await direct.read(7));
    expect(await inOrder.read(2)).toEqual(await direct.read(2));
  });

  it('shows every image once an epoch, in another order the next', async () => {
    const batches = createBatches(dataset, { ...config, training: { ...config.training, flip: 0 } }, refuse);
    const epoch = async (first: number): Promise<string[]> => {
      const seen: string[] = [];
      for (let step = first; step < first + batches.perEpoch; step++) {
        seen.push(...(await batches.read(step)).images.map(({ data }) => data.join()));
      }
      return seen;
    };
    const [one, two] = [await epoch(0), await epoch(batches.perEpoch)];
    expect(new Set(one).size).toBe(dataset.examples.length);
    expect([...one].sort()).toEqual([...two].sort());
    expect(one).not.toEqual(two);
  });

  it('mirrors images together with their boxes', async () => {
    const of = async (flip: number) => createBatches(dataset, { ...config, training: { ...config.training, flip } }, refuse).read(0);
    const [plain, mirrored] = [await of(0), await of(1)];
    // The draws of the order come first, so the same images are read.
    const [x1, , x2] = plain.objects[0].boxes;
    expect(mirrored.objects[0].boxes[0]).toBe(48 - x2);
    expect(mirrored.objects[0].boxes[2]).toBe(48 - x1);
  });

  it('goes without an image that cannot be decoded, once it has said so', async () => {
    const damaged = join(folder, 'damaged.jpg');
    writeFileSync(damaged, 'no image');
    const examples = dataset.examples.slice(0, 4).map((example, i) => (i === 1 ? { ...example, file: damaged } : example));
    const told: string[] = [];
    const batch = await createBatches({ examples }, config, ({ message }) => told.push(message)).read(0);
    expect(batch.images).toHaveLength(3);
    expect(batch.objects).toHaveLength(3);
    expect(told).toEqual([expect.stringContaining('damaged.jpg: ')]);
    await expect(createBatches({ examples }, config, refuse).read(0)).rejects.toThrow('damaged.jpg: ');
  });

  it('has another image of the epoch where none of a batch can be decoded, and none where there is none', async () => {
    const damaged = join(folder, 'damaged.jpg');
    writeFileSync(damaged, 'no image');
    const [first, second] = dataset.examples;
    const single = { seed: 5, training: { ...defaultTraining, batchSize: 1, flip: 0 } };
    const read = async (examples: Dataset['examples'], step: number) => (await createBatches({ examples }, single, () => undefined).read(step)).images;
    const examples = [first, { ...second, file: damaged }];
    const whole = await Promise.all([0, 1].map((step) => read([first], step)));
    expect(await Promise.all([0, 1].map((step) => read(examples, step)))).toEqual(whole);
    expect(await read([{ ...second, file: damaged }], 0)).toEqual([]);
    // An epoch of a batch of two and of one, whichever image is the whole one.
    const pairs = { ...single, training: { ...single.training, batchSize: 2 } };
    for (const only of [0, 1, 2]) {
      const three = dataset.examples.slice(0, 3).map((example, i) => (i === only ? example : { ...example, file: damaged }));
      const batches = createBatches({ examples: three }, pairs, () => undefined);
      for (const step of [0, 1]) expect((await batches.read(step)).images).toHaveLength(1);
    }
  });

  it('mirrors proposals with their image, and gives none where none are known', async () => {
    const { examples } = dataset;
    const always = { ...config, training: { ...config.training, batchSize: examples.length, flip: 1 } };
    const proposals = new Map([[examples[3].file, asBoxes([2, 5, 10, 20])]]);
    const { objects } = await createBatches({ examples }, always, refuse, { proposals }).read(0);
    const given = objects.map((each) => [...(each.proposals ?? [])]).filter(({ length }) => length > 0);
    expect(given).toEqual([[examples[3].width - 10, 5, examples[3].width - 2, 20]]);
    expect(objects.every((each) => each.proposals !== undefined)).toBe(true);
  });
});
