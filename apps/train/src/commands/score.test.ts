import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rcnn } from '../test-program.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
const write = (name: string, value: unknown): Promise<void> => writeFile(at(name), typeof value === 'string' ? value : JSON.stringify(value));

const annotation = { image_id: 1, category_id: 3, bbox: [10, 10, 20, 20], area: 400, iscrowd: 0, segmentation: [[10, 10, 30, 10, 30, 30, 10, 30]] };
const truth = {
  images: [{ id: 1, file_name: 'a.jpg', width: 64, height: 48 }, { id: 2, file_name: '</script>.jpg', width: 64, height: 48 }],
  categories: [{ id: 3, name: 'cat', supercategory: 'animal' }, { id: 5, name: 'dog', supercategory: 'animal' }],
  annotations: [{ ...annotation, id: 1 }, { ...annotation, id: 2, image_id: 2, category_id: 5 }],
};
const result = { image_id: 1, category_id: 3, bbox: [10, 10, 20, 20], score: 0.9 };
const wrong = { image_id: 2, category_id: 3, bbox: [40, 10, 9, 9], score: 0.4 };
const annotationXml = (name: string): string =>
  `<annotation><size><width>64</width><height>48</height></size><object><name>${name}</name><bndbox><xmin>10</xmin><ymin>10</ymin><xmax>29</xmax><ymax>29</ymax></bndbox></object></annotation>`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rcnn-score-'));
  await write('truth.json', truth);
  await write('found.json', [result, wrong]);
  await mkdir(at('voc/Annotations'), { recursive: true });
  await mkdir(at('voc/ImageSets/Main'), { recursive: true });
  await mkdir(at('results'));
  for (const [id, name] of [['one', 'cat'], ['two', 'dog'], ['three', 'cat']]) await write(`voc/Annotations/${id}.xml`, annotationXml(name));
  await write('voc/ImageSets/Main/test.txt', 'one\ntwo\n');
  await write('results/comp3_det_test_cat.txt', 'one .9 10 10 29 29\ntwo .8 1 1 5 5\n');
  await write('results/comp3_det_test_dog.txt', '');
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const score = (metric: string, ...more: string[]): ReturnType<typeof rcnn> =>
  rcnn('score', '--ground-truth', at('truth.json'), '--detections', at('found.json'), '--metric', metric, ...more);

describe('rcnn score', () => {
  it("prints the COCO API's figures as one JSON document, and those of each class by name", async () => {
    const { stdout, stderr, exitCode } = await score('coco-bbox', '--json');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const { metric, stats, perClass } = JSON.parse(stdout) as { metric: string; stats: number[]; perClass: Record<string, Record<string, number | null>> };
    expect(metric).toBe('coco-bbox');
    const expected = [0.5, 0.5, 0.5, 0.5, -1, -1, 0.5, 0.5, 0.5, 0.5, -1, -1];
    expect(stats).toHaveLength(12);
    stats.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 9));
    expect(perClass).toMatchObject({ cat: { AR100: 1, APm: null, positives: 1 }, dog: { AP: 0, AR100: 0, positives: 1 } });
  });

  it('scores masks, and by the measures of Pascal VOC', async () => {
    const size = [48, 64];
    await write('masks.json', [{ image_id: 1, category_id: 3, segmentation: { size, counts: [490, ...Array.from({ length: 39 }, (_, i) => (i % 2 === 0 ? 20 : 28)), 1650] }, score: 1 }]);
    const masks = await rcnn('score', '--ground-truth', at('truth.json'), '--detections', at('masks.json'), '--metric', 'coco-segm', '--json');
    expect((JSON.parse(masks.stdout) as { stats: number[] }).stats[0]).toBeCloseTo(0.5, 9);
    for (const metric of ['voc07', 'voc12']) {
      const { stdout } = await score(metric, '--json');
      expect(JSON.parse(stdout)).toEqual({
        ...{ metric, mAP: 0.5 },
        perClass: { cat: { AP: 1, positives: 1, truePositives: 1, falsePositives: 1 }, dog: { AP: 0, positives: 1, truePositives: 0, falsePositives: 0 } },
      });
    }
  });

  it('scores keypoints of person_keypoints files, by the sigmas of their names', async () => {
    const person = { id: 1, image_id: 1, category_id: 3, bbox: [0, 0, 40, 40], area: 1600, iscrowd: 0, keypoints: [10, 10, 2, 30, 30, 1], num_keypoints: 2 };
    const categories = [{ id: 3, name: 'person', keypoints: ['nose', 'tail'] }];
    await write('people.json', { ...truth, categories, annotations: [person] });
    // Two pixels off: similarity exp(−4 / (2 · 1600 · .1²)) = .88 of the tail, whose sigma is .05; the nose is in its place. The mean is .94.
    await write('poses.json', [{ image_id: 1, category_id: 3, keypoints: [10, 10, 1, 30, 32, 1], score: 0.9 }]);
    const args = ['score', '--ground-truth', at('people.json'), '--detections', at('poses.json'), '--metric', 'coco-keypoints'];
    const { stdout, stderr } = await rcnn(...args, '--report', at('poses.html'), '--json');
    expect(stderr).toBe('');
    const { stats, perClass } = JSON.parse(stdout) as { stats: number[]; perClass: object };
    const expected = [0.9, 1, 1, 0.9, -1, 0.9, 1, 1, 0.9, -1];
    expect(stats).toHaveLength(10);
    stats.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 9));
    expect(perClass).toMatchObject({ person: { AP50: expect.closeTo(1, 9) as number, APl: null, positives: 1 } });
    const html = await readFile(at('poses.html'), 'utf8');
    expect(html).toContain('Average precision, keypoint similarity .5 to .95');
    expect(html).not.toContain('<h2>Errors');
    expect((await rcnn(...args)).stdout).toMatch(/^coco-keypoints *\nAP +0\.900\n/);
    const boxes = await score('coco-keypoints');
    expect(boxes.stderr).toBe(`rcnn: ${at('truth.json')}: expected keypoints in a category or an annotation, got none\n`);
  });

  it("reads Pascal VOC's files, the image set from the names of the results", async () => {
    const args = ['score', '--ground-truth', at('voc'), '--detections', at('results'), '--metric', 'voc07'];
    const { stdout } = await rcnn(...args, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ metric: 'voc07', mAP: 0.5, perClass: { cat: { AP: 1, positives: 1, falsePositives: 1 } } });
    const table = await rcnn(...args);
    expect(table.stdout).toMatch(/^voc07 *\nmAP +0\.500\n\nclass +AP +objects\ncat +1\.000 +1\ndog +0\.000 +1\n$/);
    const one = await rcnn('score', '--ground-truth', at('voc'), '--detections', at('results/comp3_det_test_cat.txt'), '--metric', 'coco-bbox', '--split', 'test', '--json');
    expect(one.exitCode).toBe(0);
  });

  it('takes the longest image set that the names of the results fit', async () => {
    await write('voc/ImageSets/Main/test_a.txt', 'one\n');
    await mkdir(at('results-a'));
    await write('results-a/comp3_det_test_a_cat.txt', 'one .9 10 10 29 29\n');
    const { stdout } = await rcnn('score', '--ground-truth', at('voc'), '--detections', at('results-a'), '--metric', 'voc07', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ mAP: 1, perClass: { cat: { AP: 1, positives: 1 } } });
    await rm(at('voc/ImageSets/Main/test_a.txt'));
  });

  it('draws grey in place of an image that cannot be decoded, in a report whose folder it makes', async () => {
    await mkdir(at('images'));
    await write('images/a.jpg', 'text');
    await write('beside.json', [{ ...result, bbox: [40, 10, 9, 9] }]);
    const args = ['--ground-truth', at('truth.json'), '--detections', at('beside.json'), '--metric', 'coco-bbox'];
    const { stderr, exitCode } = await rcnn('score', ...args, '--report', at('new/report.html'), '--images', at('images'));
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(await readFile(at('new/report.html'), 'utf8')).toMatch(/alt="Detections in a\.jpg: 1 /);
  });

  it('writes a report that loads nothing, of one run or two', async () => {
    await write('other.json', [result]);
    const { stdout, exitCode, stderr } = await score('coco-bbox', '--report', at('report.html'), '--compare', at('other.json'), '--json');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ report: at('report.html'), compare: { detections: at('other.json') } });
    const html = await readFile(at('report.html'), 'utf8');
    for (const part of ['Figures', 'Precision and recall', 'Classes', 'Errors', 'False positives: found.json', 'Confusions', 'Calibration', 'Images with the most errors']) {
      expect(html).toContain(`<h2>${part}`);
    }
    expect(html).toContain('&lt;/script&gt;.jpg');
    expect(html).not.toMatch(/(src|href)="(?!data:)/);
    const voc = await rcnn('score', '--ground-truth', at('voc'), '--detections', at('results'), '--metric', 'voc12', '--report', at('voc.html'));
    expect(voc.stdout).toContain(at('voc.html'));
  });

  it.each([
    ['an object for a list', { results: [] }, /found\.json: expected an array, got \{"results":\[\]\}/],
    ['an unknown image', [result, { ...result, image_id: 7 }], /bad-found\.json: \[1\]\.image_id: expected the id of an image of the ground truth, got 7/],
    ['an unknown category', [{ ...result, category_id: 4 }], /bad-found\.json: \[0\]\.category_id: expected the id of a category of the ground truth, got 4/],
    ['a score that is NaN, as Python writes it', `[{"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4], "score": NaN}]`, /bad-found\.json: \[0\]\.score: expected a number, got "NaN"/],
    ['a box of negative size', [{ ...result, bbox: [1, 2, -3, 4] }], /bad-found\.json: \[0\]\.bbox: expected \[x, y, width, height\], no side below 0, got \[1,2,-3,4\]/],
    ['no JSON', '[{]', /bad-found\.json:1: invalid JSON: /],
  ])('answers %s with one line that names the entry, and exit code 1', async (_, content, message) => {
    await write('bad-found.json', content);
    const { stdout, stderr, exitCode } = await rcnn('score', '--ground-truth', at('truth.json'), '--detections', at('bad-found.json'), '--metric', 'coco-bbox', '--json');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^rcnn: [^\n]*\n$/);
  });

  it.each([
    [['--metric', 'map'], "option '--metric <name>': expected coco-bbox, coco-segm, coco-keypoints, voc07, voc12, got map"],
    [['--metric', 'coco-bbox', '--ground-truth', '/nowhere.json'], '/nowhere.json: no such file'],
    [['--metric', 'coco-bbox', '--report', 'x.html', '--images', '/nowhere'], "option '--images <dir>': expected a folder, got /nowhere"],
    [['--metric', 'coco-bbox', '--split', 'test'], 'expected a Pascal VOC folder as ground truth'],
    [['--metric', 'coco-segm'], 'found.json: [0].segmentation: expected polygons, or size and counts, got nothing'],
  ])('answers %j with one line', async (args, message) => {
    const { stderr, exitCode } = await rcnn('score', '--ground-truth', at('truth.json'), '--detections', at('found.json'), ...args);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^rcnn: [^\n]*\n$/);
    expect(stderr).toContain(message);
  });

  it('names file and line of what is wrong in files of Pascal VOC', async () => {
    await mkdir(at('bad'), { recursive: true });
    await write('bad/comp3_det_test_cat.txt', 'one .9 10 10 29 29\nfour .8 1 1 5 5\n');
    const run = (): ReturnType<typeof rcnn> => rcnn('score', '--ground-truth', at('voc'), '--detections', at('bad'), '--metric', 'voc07');
    expect((await run()).stderr).toContain('comp3_det_test_cat.txt:2: expected an image of the ground truth, got four .8 1 1 5 5');
    await write('bad/comp3_det_test_unicorn.txt', '');
    expect((await run()).stderr).toContain('comp3_det_test_unicorn.txt: expected a name that ends in _CLASS.txt with one of the classes aeroplane');
  });

  const data = fileURLToPath(new URL('../../../../../shared/data/coco-metrics/', import.meta.url));
  it.skipIf(!existsSync(data))("has the COCO API's figures of its own sample (skipped where ../shared/data is absent)", async () => {
    const args = ['score', '--ground-truth', join(data, 'instances_val2014_100.json')];
    const figures = { bbox: 0.5045806987249628, segm: 0.3195452758576433 };
    for (const [kind, AP] of Object.entries(figures)) {
      const { stdout } = await rcnn(...args, '--detections', join(data, `instances_val2014_fake${kind}100_results.json`), '--metric', `coco-${kind}`, '--json');
      expect((JSON.parse(stdout) as { stats: number[] }).stats[0]).toBeCloseTo(AP, 9);
    }
  });
});
