import { cp, mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatProblem } from '../problem.ts';
import { checkDataset } from './check-dataset.ts';
import { readDataset } from './read-dataset.ts';
import { writeShapes } from './write-shapes.ts';

let folder = '';
let clean = '';
let copies = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rcnn-damaged-'));
  clean = join(folder, 'clean');
  await writeShapes(clean, { count: 12, size: 48 });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

type Damage = (root: string) => Promise<unknown>;
const edit = (path: string, change: (text: string) => string): Damage => async (root) =>
  writeFile(join(root, path), change(await readFile(join(root, path), 'utf8')));

/** A copy in one format, damaged; what `check` says of it, the folder's name left out. */
async function problemsOf(format: 'voc' | 'coco', damage: Damage): Promise<{ root: string; lines: string[] }> {
  const root = join(folder, `copy-${copies++}`);
  await cp(clean, root, { recursive: true });
  await damage(root);
  const { problems } = await checkDataset(root, { format });
  const lines = problems.map((problem) => formatProblem(problem).replace(`${root}/`, ''));
  lines.forEach((line) => expect(line).not.toContain('\n'));
  return { root, lines };
}
const xml = 'Annotations/000003.xml';
const jpg = 'JPEGImages/000003.jpg';
const json = 'annotations/instances_train.json';
interface Instances {
  images: Record<string, unknown>[];
  annotations: Record<string, unknown>[];
  categories: Record<string, unknown>[];
}
const editJson = (change: (instances: Instances) => void): Damage =>
  edit(json, (text) => {
    const instances = JSON.parse(text) as Instances;
    change(instances);
    return JSON.stringify(instances);
  });

describe('checkDataset', () => {
  it('finds nothing wrong with generated data, in either format', async () => {
    expect((await problemsOf('voc', async () => {})).lines).toEqual([]);
    expect((await problemsOf('coco', async () => {})).lines).toEqual([]);
  });

  it.each<[string, Damage, RegExp[]]>([
    ['a truncated JPEG', async (root) => writeFile(join(root, jpg), (await readFile(join(root, jpg))).subarray(0, 900)), [/^JPEGImages\/000003\.jpg: truncated image \(.*\)$/]],
    ['a text file named .jpg', (root) => writeFile(join(root, jpg), 'not a picture'), [/^JPEGImages\/000003\.jpg: not an image, but text$/]],
    ['a text file named .jpg that nothing mentions', (root) => writeFile(join(root, 'JPEGImages/x.jpg'), 'text'), [/^Annotations\/x\.xml: missing annotation of the image x\.jpg$/, /^JPEGImages\/x\.jpg: not an image, but text$/]],
    ['a missing tag', edit(xml, (text) => text.replace(/<ymax>.*<\/ymax>/, '')), [/^Annotations\/000003\.xml:15: missing tag <ymax> in <bndbox>$/]],
    ['a missing closing tag', edit(xml, (text) => text.replace('</bndbox>', '')), [/^Annotations\/000003\.xml:\d+: malformed XML: Expected closing tag 'bndbox'/]],
    ['a file cut short', edit(xml, (text) => text.slice(0, 400)), [/^Annotations\/000003\.xml:\d+: malformed XML: /]],
    ['a box outside its image', edit(xml, (text) => text.replace(/<xmax>.*<\/xmax>/, '<xmax>99</xmax>')), [/^Annotations\/000003\.xml:10: box \[.*, 99, .*\] reaches outside its image of 48×48 \(\w+\)$/]],
    ['a zero-area box', edit(xml, (text) => text.replace(/<xmin>.*<\/xmin>/, '<xmin>5</xmin>').replace(/<xmax>.*<\/xmax>/, '<xmax>5</xmax>')), [/^Annotations\/000003\.xml:10: zero-area box \[5, /]],
    ['an unknown class', edit(xml, (text) => text.replace(/<name>\w+<\/name>/, '<name>hexagon</name>')), [/^Annotations\/000003\.xml:10: unknown class "hexagon"; the classes are circle, square, triangle, star, cross, ring$/]],
    ['another size than the image has', edit(xml, (text) => text.replaceAll('48<', '64<')), [/^JPEGImages\/000003\.jpg: the image is 48×48, its annotation says 64×64$/]],
    ['a missing image', (root) => rm(join(root, jpg)), [/^JPEGImages\/000003\.jpg: missing image of the annotation 000003\.xml$/]],
    ['a missing annotation', (root) => rm(join(root, xml)), [/^Annotations\/000003\.xml: missing annotation of the image 000003\.jpg$/]],
    ['an id of nothing', edit('ImageSets/Main/val.txt', (text) => `${text}000099\n`), [/^ImageSets\/Main\/val\.txt:2: "000099" has neither an annotation nor an image$/]],
    ['an id listed twice', edit('ImageSets/Main/val.txt', (text) => text + text), [/^ImageSets\/Main\/val\.txt:2: duplicate id "\d+", first on line 1$/]],
    ['two images of one id', (root) => cp(join(root, jpg), join(root, 'JPEGImages/000003.png')), [/^JPEGImages\/000003\.png: duplicate id, 000003\.jpg has it too$/]],
    ['an empty list', edit('ImageSets/Main/val.txt', () => ''), [/^ImageSets\/Main\/val\.txt: empty split, no id is listed$/]],
    ['a class listed twice', edit('classes.txt', (text) => `${text}ring\n`), [/^classes\.txt:7: class "ring" is listed twice$/]],
  ])('names %s in a Pascal VOC folder', async (_, damage, expected) => {
    const { lines } = await problemsOf('voc', damage);
    expect(lines).toEqual(expected.map((pattern) => expect.stringMatching(pattern) as string));
  });

  it.each<[string, Damage, RegExp[]]>([
    ['invalid JSON', edit('annotations/instances_val.json', (text) => text.slice(0, 200)), [/^annotations\/instances_val\.json:1: invalid JSON: /]],
    ['an annotation of no image', editJson(({ annotations }) => void (annotations[0].image_id = 999)), [/^annotations\/instances_train\.json: annotation 1: no image has the id 999$/]],
    ['an annotation of no category', editJson(({ annotations }) => void (annotations[0].category_id = 7)), [/^annotations\/instances_train\.json: annotation 1 of 000001\.jpg: unknown class, no category has the id 7$/]],
    ['a zero-area box', editJson(({ annotations }) => void (annotations[0].bbox = [1, 2, 0, 5])), [/: annotation 1 of 000001\.jpg: zero-area box \[1, 2, 1, 7\]$/]],
    ['a box outside its image', editJson(({ annotations }) => void (annotations[0].bbox = [1, 2, 3, 50])), [/: annotation 1 of 000001\.jpg: box \[1, 2, 4, 52\] reaches outside its image of 48×48$/]],
    ['a duplicate image id', editJson(({ images }) => void (images[1].id = 1)), [/: image 1 \(000002\.jpg\): duplicate image id, 000001\.jpg has it too$/, /: no image has the id 2$/]],
    ['another size than the image has', editJson(({ images }) => images.forEach((image) => void (image.width = image.id === 2 ? 60 : 48))), [/^JPEGImages\/000002\.jpg: the image is 48×48, its annotation says 60×48$/]],
    ['categories that differ', editJson(({ categories }) => void categories.push({ id: 9, name: 'hexagon' })), [/its categories differ from those of train: 6 and 7/]],
    ['run lengths that do not add up', editJson(({ annotations }) => void (annotations[0].segmentation = { size: [48, 48], counts: [48, 2255] })), [/: annotation 1 of 000001\.jpg: mask: rleFromCounts: expected counts that add up to 2304 \(48 × 48 pixels\), got 2303$/]],
    ['packed run lengths cut short', editJson(({ annotations }) => void (annotations[0].segmentation = { size: [48, 48], counts: 'PQ' })), [/: annotation 1 of 000001\.jpg: mask: rleFromString: expected packed counts, .* a text that ends within a number$/]],
    ['a polygon of 2 points', editJson(({ annotations }) => void (annotations[0].segmentation = [[1, 1, 5, 5]])), [/: annotation 1 of 000001\.jpg: mask: rleFromPolygons: expected x and y of 3 points or more, got 2 points, in polygon 0$/]],
    ['a mask larger than its image', editJson(({ annotations }) => void (annotations[0].segmentation = { size: [64, 48], counts: [3072] })), [/: annotation 1 of 000001\.jpg: mask: parseSegmentation: expected the size of the image, 48 × 48, got a mask of 64 × 48$/]],
    ['a segmentation that is none', editJson(({ annotations }) => void (annotations[0].segmentation = [1, 2])), [/: annotation 1 of 000001\.jpg: mask: parseSegmentation: expected a list of coordinates as polygon 0, got 1$/]],
    ['a damaged image', (root) => writeFile(join(root, 'JPEGImages/000002.jpg'), ''), [/^JPEGImages\/000002\.jpg: empty file, not an image$/]],
  ])('names %s in a COCO folder', async (_, damage, expected) => {
    const { lines } = await problemsOf('coco', damage);
    expected.forEach((pattern) => expect(lines).toContainEqual(expect.stringMatching(pattern)));
  });

  it('names an image that a COCO file lists and the folder lacks', async () => {
    const { lines } = await problemsOf('coco', (root) => rm(join(root, 'JPEGImages/000002.jpg')));
    expect(lines.filter((line) => line.startsWith(json))).toEqual([`${json}: image 2: missing image 000002.jpg`]);
  });

  it('names a folder that is empty, absent, a file, or no dataset', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    const reasons = async (root: string): Promise<string[]> => (await checkDataset(root)).problems.map(formatProblem);
    const expected =
      'expected Pascal VOC (Annotations/*.xml and JPEGImages), COCO (annotations/*.json), YOLO (data.yaml, images and labels), ' +
      'LabelMe (a JSON file beside each image) or masks (images and masks)';
    expect(await reasons(empty)).toEqual([`${empty}: empty folder; ${expected}`]);
    expect(await reasons(join(folder, 'absent'))).toEqual([`${join(folder, 'absent')}: no such folder`]);
    expect(await reasons(join(clean, 'classes.txt'))).toEqual([`${join(clean, 'classes.txt')}: expected a folder, got a file`]);
    expect(await reasons(folder)).toEqual([`${folder}: no dataset; ${expected}`]);
  });
});

describe('readDataset', () => {
  it('skips what is damaged and lists it, or refuses in one line, as asked', async () => {
    const { root } = await problemsOf('voc', async (copy) => {
      await edit(xml, (text) => text.replace(/<xmax>.*<\/xmax>/, ''))(copy);
      await edit('Annotations/000001.xml', (text) => text.replace(/<name>\w+<\/name>/, '<name>hexagon</name>'))(copy);
    });
    const all = await readDataset(clean, { format: 'voc', split: 'train' });
    const skipped = await readDataset(root, { format: 'voc', split: 'train', onProblem: 'skip' });
    expect(skipped.examples).toHaveLength(all.examples.length - 1);
    expect(skipped.examples[0].groundTruth.labels).toHaveLength(all.examples[0].groundTruth.labels.length - 1);
    expect(skipped.problems.map(({ drops }) => drops)).toEqual(['object', 'example']);
    await expect(readDataset(root, { format: 'voc', split: 'train' })).rejects.toThrow(/000001\.xml:10: unknown class "hexagon".* \(and 1 more problem\)$/);
  });
});
