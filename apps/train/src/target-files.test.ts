import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outputFile, outputFolder } from './output-place.ts';
import { targetFiles } from './target-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-targets-'));
const at = (...path: string[]): string => join(folder, ...path);

beforeAll(() => {
  for (const name of ['a', 'b']) {
    mkdirSync(at(name));
    writeFileSync(at(name, 'x.jpg'), '');
    writeFileSync(at(name, 'y.png'), '');
  }
  symlinkSync(at('a'), at('link'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('targetFiles', () => {
  it('names a file after each image', () => {
    expect([...targetFiles(at('out', 'deep'), '.png', [at('a', 'x.jpg'), at('b', 'y.png')])]).toEqual([
      [at('a', 'x.jpg'), at('out', 'deep', 'x.png')],
      [at('b', 'y.png'), at('out', 'deep', 'y.png')],
    ]);
  });

  it('refuses to overwrite an image, in whatever way its folder is named, and to write two images to one file', () => {
    for (const out of ['a', 'link']) {
      expect(() => targetFiles(at(out), '.png', [at('a', 'y.png')])).toThrow(`y.png: would be written to ${at(out, 'y.png')}, over the image ${at('a', 'y.png')}`);
    }
    expect(() => targetFiles(at('a'), '.png', [at('a', 'y.jpg')])).toThrow(`y.jpg: would be written to ${at('a', 'y.png')}, which is there, among the images`);
    expect(() => targetFiles(at('out'), '.png', [at('a', 'x.jpg'), at('b', 'x.jpg')])).toThrow(`${at('b', 'x.jpg')}: another image would be written to ${at('out', 'x.png')} too`);
    expect(() => targetFiles(at('out'), '.png', [at('a', 'x.jpg'), at('a', 'x.jpg'), at('link', 'x.jpg')])).not.toThrow();
  });
});

describe('outputFolder and outputFile', () => {
  it('say in a line what stands in the way', () => {
    const file = at('a', 'x.jpg');
    expect(() => outputFolder(file)).toThrow(`${file}: expected a folder, or a name for one, got a file`);
    expect(() => outputFolder(join(file, 'deep'))).toThrow(`${join(file, 'deep')}: expected a folder, or a name for one, got a file`);
    expect(() => outputFile(at('a'))).toThrow(`${at('a')}: expected a file, or a name for one, got a folder`);
    expect(outputFile(at('new', 'x.json'))).toBe(at('new', 'x.json'));
  });
});
