import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as DatasetsModule from '@rcnn/datasets/node';
import { asBoxes, type RgbImage } from '@rcnn/geometry';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { rcnn } from '../test-program.ts';
import type { DetectSummary } from './detect-command.ts';

/** What is decoded and what is computed, in order. */
const { log, seen } = vi.hoisted(() => ({ log: [] as string[], seen: [] as RgbImage[] }));

vi.mock('@rcnn/datasets/node', async (importOriginal) => {
  const original = await importOriginal<typeof DatasetsModule>();
  return { ...original, decodeImage: (...args: Parameters<typeof original.decodeImage>) => (log.push('decode'), original.decodeImage(...args)) };
});
vi.mock('./open-run.ts', () => ({
  openRun: (root: string) => ({
    directory: { root },
    config: { model: { model: 'faster-rcnn', classes: ['thing'] }, proposals: null },
    model: {
      detect: ([image]: RgbImage[]) => {
        log.push('detect');
        seen.push(image);
        return Promise.resolve([{ boxes: asBoxes([1, 2, 5, 6]), labels: Int32Array.of(1), scores: Float32Array.of(0.75) }]);
      },
      dispose: () => undefined,
    },
  }),
}));

const folder = mkdtempSync(join(tmpdir(), 'rcnn-detect-'));
const at = (...path: string[]): string => join(folder, ...path);
const detect = (...args: string[]): ReturnType<typeof rcnn> => rcnn('detect', '--engine', 'cpu', '--run', at('run'), ...args);
const picture = (): sharp.Sharp => sharp({ create: { width: 12, height: 8, channels: 3, background: '#808080' } });

beforeAll(async () => {
  for (const name of ['a', 'b', 'run', 'empty']) mkdirSync(at(name));
  for (const name of ['a/x.jpg', 'a/y.png', 'a/z.jpg', 'b/x.jpg']) await picture().toFile(at(name));
  await picture().withMetadata({ orientation: 6 }).jpeg().toFile(at('turned.jpg'));
  writeFileSync(at('file.txt'), 'text');
});
beforeEach(() => {
  log.length = 0;
  seen.length = 0;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('rcnn detect', () => {
  it('turns a photograph as its EXIF orientation says', async () => {
    const { stdout } = await detect(at('turned.jpg'), '--json');
    expect((JSON.parse(stdout) as DetectSummary).images).toMatchObject([{ width: 8, height: 12 }]);
    expect(seen).toMatchObject([{ width: 8, height: 12 }]);
  });

  it('decodes every image once before the first is computed, and then one ahead', async () => {
    await detect(at('a'), '--json');
    expect(log).toEqual([...Array<string>(3).fill('decode'), 'decode', 'decode', 'detect', 'decode', 'detect', 'detect']);
    log.length = 0;
    const { stderr } = await detect(at('a', 'x.jpg'), at('file.txt'), '--json');
    expect(stderr).toBe(`rcnn: ${at('file.txt')}: not an image, but text\n`);
    expect(log).not.toContain('detect');
  });

  it('draws the images of a folder in the run, or in the folder named', async () => {
    const { stdout } = await detect(at('a'), '--out', at('new', 'deep'));
    expect(readdirSync(at('new', 'deep'))).toEqual(['x.png', 'y.png', 'z.png']);
    expect(stdout.split('\n')[0]).toBe(`${at('new', 'deep', 'x.png')}: 1 object`);
    await detect(at('b'));
    expect(readdirSync(at('run', 'detections'))).toEqual(['x.png']);
  });

  it.each([
    ['to overwrite an image', () => [at('a', 'y.png'), '--out', at('a')], () => `over the image ${at('a', 'y.png')}`],
    ['to draw two images on one file', () => [at('a', 'x.jpg'), at('b', 'x.jpg'), '--out', at('out')], () => `${at('b', 'x.jpg')}: another image would be written to ${at('out', 'x.png')} too`],
    ['a file for a folder', () => [at('a'), '--out', at('file.txt')], () => `${at('file.txt')}: expected a folder, or a name for one, got a file`],
    ['a folder without an image', () => [at('empty')], () => `${at('empty')}: no image in this folder`],
  ])('refuses %s before anything is computed', async (_, args, message) => {
    const { stderr, exitCode } = await detect(...args());
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^rcnn: [^\n]*\n$/);
    expect(stderr).toContain(message());
    expect(log).not.toContain('detect');
  });
});
