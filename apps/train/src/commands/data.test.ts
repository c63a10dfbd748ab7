import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rcnn } from '../test-program.ts';

let folder = '';
let shapes = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rcnn-data-'));
  shapes = join(folder, 'shapes');
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('rcnn data', () => {
  it('generates a dataset in which it finds nothing wrong', async () => {
    const written = await rcnn('data', 'shapes', '--out', shapes, '--count', '20', '--size', '48', '--json');
    expect(JSON.parse(written.stdout)).toMatchObject({ out: shapes, count: 20, size: 48, seed: 1, splits: { train: 15, val: 2, test: 3 } });
    const { stdout, exitCode } = await rcnn('data', 'check', shapes);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/COCO +train +val +trainval +test\nimages +15 +2 +17 +3\n/);
    expect(stdout).toMatch(/Pascal VOC +train +val +trainval +test\nimages +15 +2 +17 +3\n/);
    expect(stdout).toContain(`${shapes}: 20 images decoded, 48×48 to 48×48 pixels; no problem\n`);
  });

  it('generates stick figures with keypoints, in which it finds nothing wrong', async () => {
    const out = join(folder, 'figures');
    const written = await rcnn('data', 'figures', '--out', out, '--count', '7', '--size', '48');
    expect(written.stdout).toMatch(/figures: 7 images \(5 train, 1 val, 1 test\), \d+ figures of 11 keypoints; COCO\n$/);
    const { stdout, exitCode } = await rcnn('data', 'check', out, '--keypoints');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^with keypoints +\d+ +\d+ +\d+ +\d+$/m);
    expect(stdout).toContain('; no problem\n');
    expect((await rcnn('data', 'figures', '--out', folder, '--count', '1')).stderr).toMatch(/^rcnn: .*: not empty \(".*" is in it\); generated data would go over it\n$/);
  });

  it('draws the shapes asked for, and names one it does not know', async () => {
    const out = join(folder, 'rings');
    const { stdout } = await rcnn('data', 'shapes', '--out', out, '--count', '2', '--size', '32', '--classes', 'ring, star', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ classes: ['ring', 'star'] });
    const { stderr, exitCode } = await rcnn('data', 'shapes', '--out', out, '--classes', 'hexagon');
    expect(stderr).toBe('rcnn: option \'--classes <names>\': expected some of circle, square, triangle, star, cross, ring, got "hexagon"\n');
    expect(exitCode).toBe(1);
  });

  it('refuses to write into a folder of others', async () => {
    await writeFile(join(folder, 'thesis.txt'), '');
    const { stderr, exitCode } = await rcnn('data', 'shapes', '--out', folder, '--count', '1');
    expect(stderr).toMatch(/^rcnn: .*: not empty \(".*" is in it\); generated data would go over it\n$/);
    expect(exitCode).toBe(1);
  });

  it('names every problem, one a line, and exits with 1', async () => {
    await writeFile(join(shapes, 'JPEGImages/000002.jpg'), 'text');
    await writeFile(join(shapes, 'Annotations/000004.xml'), '<annotation>');
    const { stdout, exitCode } = await rcnn('data', 'check', shapes, '--format', 'voc');
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/000004\.xml:1: malformed XML: Unclosed tag 'annotation'$/),
      expect.stringMatching(/000002\.jpg: not an image, but text$/),
    ]);
    expect(stdout).toContain('; 2 problems\n');
    expect(exitCode).toBe(1);
    const val = await rcnn('data', 'check', shapes, '--split', 'val');
    expect([val.exitCode, val.stdout]).toEqual([0, expect.stringContaining('2 images decoded')]);
  });

  it('prints one JSON document and nothing else when asked', async () => {
    const { stdout, exitCode } = await rcnn('data', 'check', shapes, '--classes', 'circle, square', '--format', 'coco', '--json');
    const { problems, splits } = JSON.parse(stdout) as { problems: { file: string; reason: string }[]; splits: { split: string }[] };
    expect(problems.some(({ reason }) => reason.endsWith('unknown class "ring"; the classes are circle, square'))).toBe(true);
    expect(splits.map(({ split }) => split)).toEqual(['train', 'val', 'trainval', 'test']);
    expect(exitCode).toBe(1);
  });

  it('names an empty folder', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    const { stdout, exitCode } = await rcnn('data', 'check', empty);
    expect(stdout).toContain(`${empty}: empty folder; expected Pascal VOC`);
    expect(exitCode).toBe(1);
  });

  const bloodCells = fileURLToPath(new URL('../../../../../shared/data/blood-cells', import.meta.url));
  it.skipIf(!existsSync(bloodCells))('names the two damaged files of blood-cells (skipped where ../shared/data is absent)', async () => {
    const { stdout, exitCode } = await rcnn('data', 'check', bloodCells);
    const lines = stdout.split('\n').filter((line) => line.includes('.xml'));
    expect(lines).toEqual([expect.stringMatching(/BloodImage_00338\.xml:158: zero-area box/), expect.stringMatching(/BloodImage_00343\.xml:50: zero-area box/)]);
    expect(exitCode).toBe(1);
  });
});
