import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rleArea, rleBox, type Rle } from '@rcnn/geometry';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { formatCoco } from '../format-coco.ts';
import { parseCoco } from '../parse-coco.ts';
import { formatProblem } from '../problem.ts';
import { checkDataset } from './check-dataset.ts';
import { readDataset } from './read-dataset.ts';
import { readExampleMasks } from './read-example-masks.ts';
import { pngOf } from './testing/png.ts';

let folder = '';
let count = 0;
let photo: Uint8Array = new Uint8Array();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rcnn-layouts-'));
  photo = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#448' } }).png().toBuffer();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A dataset of these files. */
async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = join(folder, String(count++));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
  return root;
}
async function problemsOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string[]> {
  const root = await write(files);
  return (await checkDataset(root)).problems.map((problem) => formatProblem(problem).replaceAll(`${root}/`, ''));
}
const boxesOf = ({ examples }: Dataset): number[][] => examples.map(({ groundTruth }) => [...groundTruth.boxes]);
const masksOf = async ({ examples }: Dataset): Promise<(Rle | undefined)[][]> => Promise.all(examples.map(readExampleMasks));

/** An 8 × 6 image of zeros with rectangles of numbers, `[x1, y1, x2, y2, value]`. */
const grid = (...rectangles: readonly (readonly number[])[]): number[] =>
  Array.from({ length: 48 }, (_, i) => {
    const [x, y] = [i % 8, Math.floor(i / 8)];
    return rectangles.reduce((value, [x1, y1, x2, y2, next]) => (x >= x1 && x < x2 && y >= y1 && y < y2 ? next : value), 0);
  });

describe('YOLO', () => {
  const yaml = 'path: .\ntrain: ../train/images\nval: val/images\nnc: 2\nnames: [cat, dog]\n';
  const files = (): Record<string, string | Uint8Array> => ({
    'data.yaml': yaml,
    'train/images/a.png': photo,
    'train/images/b.png': photo,
    'train/labels/a.txt': '1 0.5 0.5 0.5 0.5\n0 0.25 0.5 0.75 0.5 0.75 1 0.25 1\n',
    'val/images/c.png': photo,
    'val/labels/c.txt': '',
  });

  it('reads boxes and polygons; an image without labels holds nothing', async () => {
    const root = await write(files());
    const train = await readDataset(root, { split: 'train' });
    expect(train).toMatchObject({ format: 'yolo', classes: ['cat', 'dog'], problems: [] });
    expect(boxesOf(train)).toEqual([[2, 1.5, 6, 4.5, 2, 3, 6, 6], []]);
    expect([...train.examples[0].groundTruth.labels]).toEqual([2, 1]);
    const [[none, mask]] = await masksOf(train);
    expect(none).toBeUndefined();
    expect(mask && rleBox(mask)).toEqual([2, 3, 6, 6]);
    expect(await checkDataset(root)).toMatchObject({ images: 3, problems: [], splits: [{ split: 'train', boxes: 2, masks: 1 }, { split: 'val' }] });
  });

  it('reads names by number, lists of images, and folders without data.yaml', async () => {
    const named = await write({ ...files(), 'data.yaml': 'train: train.txt\nnames:\n  0: cat\n  1: dog\n', 'train.txt': './train/images/b.png\n' });
    expect((await readDataset(named)).examples.map(({ id }) => id)).toEqual(['b']);
    const plain = await write({ 'images/a.png': photo, 'labels/a.txt': '0 0.5 0.5 0.5 0.5', 'classes.txt': 'cell\n' });
    expect(await readDataset(plain)).toMatchObject({ format: 'yolo', split: 'all', classes: ['cell'], examples: [{ id: 'a', width: 8, height: 6 }] });
  });

  it('reads paths as Windows writes them, in data.yaml and in lists', async () => {
    const written = await write({ ...files(), 'data.yaml': 'train: ..\\train\\images\nval: list.txt\nnames: [cat, dog]\n', 'list.txt': 'val\\images\\c.png\r\n' });
    expect((await readDataset(written, { split: 'train' })).examples.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await readDataset(written, { split: 'val' })).toMatchObject({ problems: [], examples: [{ id: 'c' }] });
  });

  it('names what is wrong, with file and line', async () => {
    expect(await problemsOf({ ...files(), 'train/labels/a.txt': '\n2 0.5 0.5 0.5 0.5\n0 1 2 3\n0 x 0 1 1\n0 .5 .5 0 1\n0 1 .5 .5 .5', 'train/labels/z.txt': '' })).toEqual([
      'train/labels/a.txt:2: unknown class 2; the classes are 0 to 1',
      'train/labels/a.txt:3: expected a class and 4 numbers of a box, or x and y of 3 points or more, got a class and 3 numbers',
      'train/labels/a.txt:4: expected numbers, got "x"',
      'train/labels/a.txt:5: zero-area box [4, 0, 4, 6] (cat)',
      'train/labels/a.txt:6: box [6, 1.5, 10, 4.5] reaches outside its image of 8×6 (cat)',
      'train/labels/z.txt: missing image of the labels, train/images/z.*',
    ]);
    expect(await problemsOf({ ...files(), 'data.yaml': `${yaml}test: nowhere\n`.replace('nc: 2', 'nc: 3') })).toEqual([
      'data.yaml:4: nc is 3, but there are 2 names',
      'data.yaml:6: test: no such folder nowhere',
    ]);
    expect(await problemsOf({ ...files(), 'data.yaml': 'train: [\nnames: a\n' })).toEqual([expect.stringMatching(/^data\.yaml:\d: malformed YAML: /) as string]);
    expect(await problemsOf({ ...files(), 'data.yaml': 'train: train/images\nnames: 3\n' })).toEqual([expect.stringMatching(/^data\.yaml:2: expected "names" as a list/) as string]);
  });
});

describe('LabelMe', () => {
  const polygon = (label: string, points: number[][], more = {}): object => ({ label, points, shape_type: 'polygon', group_id: null, ...more });
  const json = (...shapes: object[]): string =>
    JSON.stringify({ version: '5.0.1', flags: {}, shapes, imagePath: 'a.png', imageData: null, imageHeight: 6, imageWidth: 8 }, null, 1);
  const triangle = [[1, 1], [7, 1], [1, 5]];

  it('reads polygons and rectangles, and shapes of one group as one object', async () => {
    const group = { group_id: 7 };
    const root = await write({
      'a.png': photo,
      'a.json': json(
        { label: 'dog', points: [[6, 4], [2, 1]], shape_type: 'rectangle' },
        polygon('cat', [[0, 0], [2, 0], [2, 2], [0, 2]], group),
        polygon('cat', [[4, 4], [6, 4], [6, 6], [4, 6]], group),
      ),
    });
    const dataset = await readDataset(root);
    expect(dataset).toMatchObject({ format: 'labelme', split: 'all', classes: ['cat', 'dog'], problems: [] });
    expect(boxesOf(dataset)).toEqual([[2, 1, 6, 4, 0, 0, 6, 6]]);
    const [[none, both]] = await masksOf(dataset);
    expect([none, both && rleArea(both)]).toEqual([undefined, 8]);
  });

  it('passes over a byte order mark', async () => {
    expect(await problemsOf({ 'a.png': photo, 'a.json': `\uFEFF${json(polygon('cat', triangle))}` })).toEqual([]);
  });

  it('reads a folder a split', async () => {
    const root = await write({ 'train/a.png': photo, 'train/a.json': json(polygon('cat', triangle)), 'val/a.png': photo, 'val/a.json': json() });
    expect((await readDataset(root, { split: 'val' })).examples).toHaveLength(1);
    expect(await checkDataset(root)).toMatchObject({ problems: [], splits: [{ split: 'train', masks: 1 }, { split: 'val', boxes: 0 }] });
  });

  it('names what is wrong, with file and line', async () => {
    const found = await problemsOf({
      'a.png': photo,
      'a.json': json(polygon('cat', triangle.slice(1)), { ...polygon('dot', [[1, 1], [2, 2]]), shape_type: 'circle' }, polygon('', triangle), polygon('cat', [[1, 1], [9, 1], [1, 5]])),
      'b.json': json().replace('a.png', 'b.png'),
      'c.json': '{"shapes": [\n',
    });
    expect(found).toEqual([
      'a.json:7: shapes[0]: expected 3 points or more of a polygon, got 2 (cat)',
      'a.json:22: shapes[1]: expected a polygon or a rectangle, got "circle" (dot)',
      'a.json:37: shapes[2]: expected a label',
      'a.json:56: box [1, 1, 9, 5] reaches outside its image of 8×6 (cat)',
      'b.json: missing image b.png',
      expect.stringMatching(/^c\.json(:\d)?: invalid JSON/) as string,
    ]);
  });
});

describe('images and masks', () => {
  const [first, second] = [[1, 1, 4, 3, 255], [5, 2, 8, 6, 255]];

  it('reads a PNG an object, a PNG of numbers, and the folders of the Data Science Bowl, alike', async () => {
    const layouts = [
      { 'images/a.png': photo, 'masks/a/1.png': pngOf(grid(first), 8), 'masks/a/2.png': pngOf(grid([...second.slice(0, 4), 1]), 8, { depth: 1 }) },
      { 'images/a.PNG': photo, 'masks/a.PNG': pngOf(grid([...first.slice(0, 4), 3], [...second.slice(0, 4), 9]), 8) },
      { 'images/train/a.png': photo, 'masks/train/a.png': pngOf(grid([...first.slice(0, 4), 3], [...second.slice(0, 4), 9]), 8, { palette: true }) },
      { 'a/images/a.png': photo, 'a/masks/1.png': pngOf(grid(first), 8), 'a/masks/2.png': pngOf(grid(second), 8) },
      { 'train/a/images/a.png': photo, 'train/a/masks/1.png': pngOf(grid(first), 8), 'train/a/masks/2.png': pngOf(grid(second), 8) },
    ];
    for (const files of layouts) {
      const dataset = await readDataset(await write(files));
      expect(dataset).toMatchObject({ format: 'masks', classes: ['object'], examples: [{ id: 'a', width: 8, height: 6 }], problems: [] });
      expect(boxesOf(dataset)).toEqual([[1, 1, 4, 3, 5, 2, 8, 6]]);
      expect([...(dataset.examples[0].groundTruth.areas ?? [])]).toEqual([6, 12]);
      expect((await masksOf(dataset))[0].map((mask) => mask && rleArea(mask))).toEqual([6, 12]);
      // And from there to COCO.
      const coco = parseCoco(JSON.stringify(formatCoco(dataset)), { file: 'x.json', checkMasks: true });
      expect(coco.problems).toEqual([]);
      expect(coco.images[0].groundTruth).toEqual(dataset.examples[0].groundTruth);
    }
  });

  it('holds five hundred objects in one image', async () => {
    const image = await sharp({ create: { width: 50, height: 40, channels: 3, background: '#448' } }).png().toBuffer();
    const numbers = Uint16Array.from({ length: 2000 }, (_, i) => 1 + Math.floor(i / 100) * 25 + Math.floor((i % 50) / 2));
    const png = await sharp(numbers, { raw: { width: 50, height: 40, channels: 1 } }).toColourspace('grey16').png().toBuffer();
    const dataset = await readDataset(await write({ 'images/a.png': image, 'masks/a.png': png }));
    const [masks] = await masksOf(dataset);
    expect(masks).toHaveLength(500);
    expect(new Set(masks.map((mask) => mask && rleArea(mask)))).toEqual(new Set([4]));
  });

  it('names what is wrong, with its file', async () => {
    expect(
      await problemsOf({
        'images/a.png': photo,
        'masks/a/1.png': pngOf(grid(first), 8).subarray(0, 40),
        'images/b.png': photo,
        'masks/b/1.png': pngOf(grid(), 8),
        'images/c.png': photo,
        'masks/c.png': pngOf([0, 1], 2),
        'images/d.png': photo,
        'masks/e.png': pngOf(grid(first), 8),
      }),
    ).toEqual([
      expect.stringMatching(/^masks\/a\/1\.png: damaged PNG \(/) as string,
      'masks/b/1.png: empty mask, no pixel is set',
      'masks/c.png: the mask is 2×1, its image 8×6',
      'masks/d: missing masks of the image',
      'masks/e.png: missing image of the masks',
    ]);
    const two = await problemsOf({ 'images/a.png': photo, 'masks/a.png': pngOf(grid(first), 8), 'classes.txt': 'cell\nnucleus\n' });
    expect(two).toEqual([expect.stringMatching(/masks alone do not tell classes apart: expected one class, got cell, nucleus$/) as string]);
  });
});

describe('Pascal VOC with SegmentationObject', () => {
  const object = (name: string, box: readonly number[]): string =>
    `<object><name>${name}</name><bndbox><xmin>${box[0]}</xmin><ymin>${box[1]}</ymin><xmax>${box[2]}</xmax><ymax>${box[3]}</ymax></bndbox></object>`;
  const xml = (...objects: string[]): string => `<annotation><size><width>8</width><height>6</height></size>${objects.join('')}</annotation>`;
  const files = (): Record<string, string | Uint8Array> => ({
    'JPEGImages/a.png': photo,
    'JPEGImages/b.png': photo,
    'Annotations/a.xml': xml(object('cat', [1, 1, 4, 3]), object('hexagon', [0, 0, 1, 1]), object('dog', [5, 2, 8, 6])),
    'Annotations/b.xml': xml(object('cat', [1, 1, 4, 3])),
    'SegmentationObject/a.png': pngOf(grid([1, 1, 4, 3, 1], [5, 2, 8, 6, 3], [0, 0, 1, 1, 2], [7, 5, 8, 6, 255]), 8, { palette: true }),
    'SegmentationClass/a.png': pngOf(grid([1, 1, 4, 3, 8], [5, 2, 8, 6, 12]), 8, { palette: true }),
  });

  it('gives each object the mask of its number, read when it is asked for', async () => {
    const dataset = await readDataset(await write(files()), { onProblem: 'skip', format: 'voc' });
    expect(boxesOf(dataset)[0]).toEqual([1, 1, 4, 3, 5, 2, 8, 6]);
    const masks = await masksOf(dataset);
    expect(masks[0].map((mask) => mask && rleBox(mask))).toEqual([[1, 1, 4, 3], [5, 2, 8, 6]]);
    expect(masks[0].map((mask) => mask && rleArea(mask))).toEqual([6, 11]);
    expect(masks[1]).toEqual([undefined]);
  });

  it('reads masks under upper-case names, and ids with spaces', async () => {
    const { 'SegmentationObject/a.png': mask } = files();
    const root = await write({
      'JPEGImages/image (1).png': photo, 'Annotations/image (1).xml': xml(object('cat', [1, 1, 4, 3])), 'SegmentationObject/image (1).PNG': mask,
      'JPEGImages/frame 0.png': photo, 'Annotations/frame 0.xml': xml(), 'JPEGImages/frame 1.png': photo, 'Annotations/frame 1.xml': xml(),
      'ImageSets/Main/train.txt': 'image (1)\r\nframe 0 1\nframe 1\n', 'ImageSets/Main/cat_train.txt': 'image (1)  1\n',
    });
    const dataset = await readDataset(root, { split: 'train' });
    expect(dataset).toMatchObject({ problems: [], examples: [{ id: 'image (1)' }, { id: 'frame 0' }, { id: 'frame 1' }] });
    expect((await masksOf(dataset))[0].map((one) => one && rleArea(one))).toEqual([6]);
  });

  it('names masks that are missing, too many, of another class or size', async () => {
    const good = { ...files(), 'Annotations/a.xml': xml(object('cat', [1, 1, 4, 3]), object('bird', [0, 0, 1, 1]), object('dog', [5, 2, 8, 6])) };
    expect(await problemsOf(good)).toEqual(['SegmentationClass/a.png: object 2 (bird) is background here']);
    expect(
      await problemsOf({
        ...good,
        'SegmentationObject/a.png': pngOf(grid([1, 1, 4, 3, 1], [0, 0, 1, 1, 2], [5, 2, 8, 6, 4]), 8),
        'SegmentationClass/a.png': pngOf(grid([1, 1, 4, 3, 12], [0, 0, 1, 1, 3]), 8),
        'SegmentationObject/b.png': pngOf([1, 1], 2),
      }),
    ).toEqual([
      'SegmentationClass/a.png: object 1 (cat) is dog here',
      'SegmentationObject/a.png: object 3 (dog) has no pixel',
      'SegmentationObject/a.png: it holds an object 4, the annotation 3',
      'SegmentationObject/b.png: the image is 2×1, its annotation says 8×6',
    ]);
  });
});

describe('a folder in the place of a file', () => {
  const coco = JSON.stringify({ images: [], annotations: [], categories: [] });
  it.each<[string, () => Record<string, string | Uint8Array>, string]>([
    ['COCO', () => ({ 'annotations/instances_train.json/x': '', 'annotations/instances_val.json': coco }), 'annotations/instances_train.json: expected a file, got a folder'],
    ['Pascal VOC', () => ({ 'JPEGImages/a.png': photo, 'Annotations/a.xml/x': '' }), 'Annotations/a.xml: expected a file, got a folder'],
    ['an image set', () => ({ 'JPEGImages/a.png': photo, 'Annotations/a.xml': '<annotation/>', 'ImageSets/Main/train.txt/x': '' }), 'ImageSets/Main/train.txt: expected a file, got a folder'],
    ['YOLO', () => ({ 'images/a.png': photo, 'labels/a.txt/x': '', 'labels/b.txt': '', 'classes.txt': 'cat' }), 'labels/a.txt: expected a file, got a folder'],
    ["YOLO's data.yaml", () => ({ 'images/a.png': photo, 'data.yaml/x': '' }), 'data.yaml: expected a file, got a folder'],
    ['LabelMe', () => ({ 'a.json': '{"shapes": [], "imagePath": "a.png"}', 'a.png': photo, 'b.json/x': '' }), 'b.json: expected a file, got a folder'],
  ])('is named, and the rest is looked at: %s', async (_, files, expected) => {
    expect(await problemsOf(files())).toContain(expected);
  });
});

describe('COCO with keypoints', () => {
  const coco = (category: object, annotation: object): string =>
    JSON.stringify({
      images: [{ id: 1, file_name: 'a.png', width: 8, height: 6 }],
      categories: [{ id: 1, name: 'person', ...category }],
      annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 1, 4, 4], area: 16, iscrowd: 0, ...annotation }],
    });
  const keypoints = coco({ keypoints: ['nose'], skeleton: [] }, { keypoints: [2, 3, 2], num_keypoints: 1 });
  const files = { 'annotations/person_keypoints_train2017.json': keypoints };

  it('is read from person_keypoints files: where there are no others, or where it is asked for', async () => {
    const alone = await write({ ...files, 'images/a.png': photo });
    expect(await readDataset(alone, { split: 'train' })).toMatchObject({ split: 'train2017', keypointNames: ['nose'], problems: [] });
    const both = await write({ ...files, 'images/a.png': photo, 'annotations/instances_train2017.json': coco({}, {}) });
    const plain = await readDataset(both, { split: 'train' });
    expect(plain).not.toHaveProperty('keypointNames');
    expect(plain.examples[0].groundTruth).not.toHaveProperty('keypoints');
    const asked = await readDataset(both, { split: 'train', keypoints: true });
    expect(asked.examples[0].groundTruth.keypoints).toEqual(Float32Array.of(2, 3, 2));
    expect((await checkDataset(both, { keypoints: true })).splits).toMatchObject([{ split: 'train2017', keypoints: 1 }]);
    expect((await checkDataset(both)).splits).toMatchObject([{ split: 'train2017', keypoints: 0 }]);
  });
});
