import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeAtomically } from './atomic-write.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-atomic-'));
const file = join(folder, 'file');
afterAll(() => rmSync(folder, { recursive: true }));

describe('writeAtomically', () => {
  it('writes a text, bytes, or parts one after another', () => {
    for (const contents of ['a – b', Buffer.from('a – b'), ['a ', '– b']]) {
      writeAtomically(file, contents);
      expect(readFileSync(file, 'utf8')).toBe('a – b');
    }
  });

  it('leaves the file whole while somebody else writes it too', () => {
    const outer = (function* () {
      yield 'outer';
      writeAtomically(file, 'inner');
      yield ', to its end';
    })();
    writeAtomically(file, outer);
    expect(readFileSync(file, 'utf8')).toBe('outer, to its end');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('leaves the former file where it fails', () => {
    writeAtomically(file, 'before');
    const failing = (function* () {
      yield 'half';
      throw new Error('disk full');
    })();
    expect(() => writeAtomically(file, failing)).toThrow('disk full');
    expect([readFileSync(file, 'utf8'), ...readdirSync(folder)]).toEqual(['before', 'file']);
  });
});
