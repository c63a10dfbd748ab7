import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@rcnn/geometry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figureKeypoints, figureSkeleton } from '../figures/figure-keypoints.ts';
import { generateFigures } from '../figures/generate-figures.ts';
import { generateShapes } from '../shapes/generate-shapes.ts';
import { readExampleImage } from './decode-image.ts';
import { readDataset } from './read-dataset.ts';
import { checkDataset } from './check-dataset.ts';
import { writeFigures } from './write-figures.ts';
import { writeShapes } from './write-shapes.ts';

let folder = '';
let root = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rcnn-shapes-'));
  root = join(folder, 'shapes');
  await writeShapes(root, { count: 20, size: 48, seed: 5 });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('writeShapes', () => {
  it('writes the same boxes as Pascal VOC and as COCO, to the last bit as generated', async () => {
    const generated = generateShapes(createRng(5 * 1_000_003 + 2), { size: 48 });
    for (const format of ['voc', 'coco'] as const) {
      const { examples, classes, problems } = await readDataset(root, { format, split: 'train' });
      expect(problems).toEqual([]);
      expect(classes).toEqual(['circle', 'square', 'triangle', 'star', 'cross', 'ring']);
      expect(examples).toHaveLength(15);
      expect(examples[2].groundTruth).toMatchObject({ boxes: generated.boxes, labels: generated.labels });
      const image = await readExampleImage(examples[2]);
      const difference = image.data.reduce((sum, value, i) => sum + Math.abs(value - generated.image.data[i]), 0) / image.data.length;
      expect(difference).toBeLessThan(4);
    }
  });

  it('writes masks with COCO, whose areas are those of their run lengths', async () => {
    const { examples } = await readDataset(root, { format: 'coco', split: 'test' });
    expect(examples).toHaveLength(3);
    for (const { segmentations = [], areas = [] } of examples.map(({ groundTruth }) => groundTruth)) {
      segmentations.forEach((segmentation, i) => {
        const counts = segmentation && 'counts' in segmentation ? (segmentation.counts as number[]) : [];
        expect(counts.reduce((sum, run) => sum + run, 0)).toBe(48 * 48);
        expect(counts.reduce((sum, run, j) => sum + (j % 2) * run, 0)).toBe(areas[i]);
      });
    }
  });

  it('writes the same files again for the same seed, others for another', async () => {
    const again = join(folder, 'again');
    await writeShapes(again, { count: 4, size: 48, seed: 5 });
    for (const file of ['JPEGImages/000003.jpg', 'Annotations/000003.xml']) {
      expect(await readFile(join(again, file))).toEqual(await readFile(join(root, file)));
    }
    await writeShapes(again, { count: 4, size: 48, seed: 6 });
    expect(await readFile(join(again, 'JPEGImages/000003.jpg'))).not.toEqual(await readFile(join(root, 'JPEGImages/000003.jpg')));
  });

  it('draws other images for seeds of any size', async () => {
    const later = join(folder, 'later');
    await writeShapes(later, { count: 3, size: 32, seed: 1_800_000_000_000 });
    const images = await Promise.all(['1', '2', '3'].map((id) => readFile(join(later, `JPEGImages/00000${id}.jpg`), 'base64')));
    expect(new Set(images).size).toBe(3);
  });

  it('keeps what was added to one of its folders, and replaces no folder that it runs in', async () => {
    const added = join(folder, 'added');
    await writeShapes(added, { count: 2, size: 32 });
    await writeFile(join(added, 'JPEGImages', 'mine.jpg'), 'mine');
    await expect(writeShapes(added, { count: 2, size: 32 })).rejects.toThrow('added: not empty ("JPEGImages/mine.jpg" was added to it); generated data would go over it');
    await rm(join(added, 'JPEGImages', '000001.jpg')); // as many files as were generated
    await expect(writeShapes(added, { count: 2, size: 32 })).rejects.toThrow('mine.jpg');
    await writeFile(join(added, 'shapes.json'), '{"generator":"@rcnn/datasets shapes","count":2,"seed":1}');
    await expect(writeShapes(added, { count: 2, size: 32 })).rejects.toThrow('an older version has generated what is in it');
    expect(await readFile(join(added, 'JPEGImages', 'mine.jpg'), 'utf8')).toBe('mine');
    await expect(writeShapes('.', { count: 2 })).rejects.toThrow(/^\.: /);
    await expect(writeShapes(join(process.cwd(), '..'), { count: 2 })).rejects.toThrow();
  });

  it('clears away what a run that was killed left beside it', async () => {
    const beside = join(folder, '.killed.999999999.partial');
    await mkdir(beside);
    await writeShapes(join(folder, 'killed'), { count: 1, size: 32 });
    expect(await readdir(folder)).not.toContain('.killed.999999999.partial');
  });

  it('writes over its own folder alone, and leaves nothing beside it', async () => {
    const foreign = await mkdtemp(join(folder, 'foreign-'));
    await writeFile(join(foreign, 'thesis.txt'), 'dear');
    await expect(writeShapes(foreign, { count: 1 })).rejects.toThrow(`${foreign}: not empty ("thesis.txt" is in it)`);
    const own = join(folder, 'own');
    await writeShapes(own, { count: 3, size: 32 });
    await writeShapes(own, { count: 2, size: 32 });
    expect(await readdir(join(own, 'JPEGImages'))).toEqual(['000001.jpg', '000002.jpg']);
    await writeFile(join(own, 'notes.txt'), 'mine');
    await expect(writeShapes(own, { count: 1 })).rejects.toThrow('"notes.txt" is in it');
    await expect(writeShapes(join(foreign, 'thesis.txt'), { count: 1 })).rejects.toThrow('expected a folder, got a file');
    expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([]);
  });
});

describe('readDataset', () => {
  it('names the splits there are when asked for another, or for none', async () => {
    await expect(readDataset(root, { format: 'voc', split: 'dev' })).rejects.toThrow(`${root}: no split "dev"; there are train, val, trainval, test`);
    await expect(readDataset(root)).rejects.toThrow(`${root}: expected the name of a split; there are train, val, trainval, test`);
  });

  it('reads a folder without ImageSets as one split', async () => {
    const bare = join(folder, 'bare');
    await writeShapes(bare, { count: 3, size: 32 });
    await rm(join(bare, 'ImageSets'), { recursive: true });
    const { examples, split } = await readDataset(bare, { format: 'voc' });
    expect([split, examples.length]).toEqual(['all', 3]);
  });
});

describe('writeFigures', () => {
  it('writes keypoints as COCO, to the last bit as generated, and no fault', async () => {
    const figures = join(folder, 'figures');
    const written = await writeFigures(figures, { count: 8, size: 48, seed: 2 });
    expect(written).toMatchObject({ classes: ['figure'], splits: { train: 6, val: 1, test: 1 } });
    const { problems, splits } = await checkDataset(figures);
    expect(problems).toEqual([]);
    expect(splits.map(({ split, boxes, keypoints, masks }) => [split, boxes - keypoints, boxes - masks])).toEqual(['train', 'val', 'trainval', 'test'].map((split) => [split, 0, 0]));
    const { examples, ...dataset } = await readDataset(figures, { split: 'train' });
    expect(dataset).toMatchObject({ classes: ['figure'], keypointNames: figureKeypoints, skeleton: figureSkeleton });
    const { boxes, keypoints } = generateFigures(createRng(2 * 1_000_003 + 3), { size: 48 });
    expect(examples[3].groundTruth).toMatchObject({ boxes, keypoints });
    await expect(writeShapes(figures, { count: 1 })).rejects.toThrow('generated data would go over it');
  });
});
