import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeAtomically } from './atomic-write.ts';
import { removeAbandoned } from './remove-abandoned.ts';

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

describe('removeAbandoned', () => {
  it('removes what a process that is no more has left half written, and nothing else', () => {
    const script = `
      const { writeAtomically } = await import(${JSON.stringify(new URL('atomic-write.ts', import.meta.url).href)});
      writeAtomically(process.argv[1], (function* () { yield 'half'; process.kill(process.pid, 'SIGKILL'); })());`;
    spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, file], { cwd: import.meta.dirname });
    const left = readdirSync(folder).filter((name) => name.endsWith('.partial'));
    expect(left).toHaveLength(1);
    mkdirSync(join(folder, 'step-1'));
    const [parents, own] = [process.ppid, process.pid].map((pid) => `file.${pid}-0-0.partial`);
    for (const name of [parents, own, join('step-1', left[0])]) writeFileSync(join(folder, name), '');
    removeAbandoned(folder);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['file', parents, 'step-1'].sort()); // one of our own number is of a process before us
    expect(() => removeAbandoned(join(folder, 'absent'))).not.toThrow();
  });
});
