import { spawnSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { createProgress, duration } from './progress.ts';
import { runProgram } from './run-program.ts';

function collect(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { stream: Object.assign(stream, { isTTY, columns: 80, cursorTo: () => true, clearLine: () => true }) as unknown as NodeJS.WriteStream, text: () => text };
}

describe('createProgress', () => {
  it('prints a plain line every so often where there is no terminal, with the time left, and one at the end', () => {
    const { stream, text } = collect(false);
    let time = 0;
    const progress = createProgress({ label: 'train', total: 10, unit: 'steps', every: 10, stream, now: () => time });
    for (let step = 0; step < 10; step++) {
      time += 6000;
      progress.advance(1, `loss ${step}`);
    }
    progress.finish();
    expect(text().split('\n').filter((line) => line !== '')).toEqual([
      'train: 2/10 steps, 48 s left, loss 1',
      'train: 4/10 steps, 36 s left, loss 3',
      'train: 6/10 steps, 24 s left, loss 5',
      'train: 8/10 steps, 12 s left, loss 7',
      'train: 10/10 steps, took 1 min 0 s, loss 9',
    ]);
  });

  it('reckons the time left from what was done since the start', () => {
    const { stream, text } = collect(false);
    let time = 0;
    const progress = createProgress({ label: 'train', total: 100, unit: 'steps', done: 90, every: 1, stream, now: () => time });
    time = 5000;
    progress.advance(5);
    expect(text()).toBe('train: 95/100 steps, 5 s left\n');
  });

  it('says nothing where nothing was done', () => {
    const { stream, text } = collect(false);
    createProgress({ label: 'x', total: 3, unit: 'y', stream }).finish();
    expect(text()).toBe('');
  });

  it('draws a bar on a terminal', () => {
    const { stream, text } = collect(true);
    const progress = createProgress({ label: 'train', total: 2, unit: 'steps', stream });
    progress.advance(2, 'loss 1');
    progress.finish();
    expect(text()).toContain('train');
    expect(text()).toContain('2/2 steps');
  });
});

const restored = '\x1b[?25h'; // the cursor is shown

describe('a bar on a terminal', () => {
  it('that a command leaves open is ended with the program, before its mistake is told', async () => {
    const { stream, text } = collect(true);
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => stream.write(chunk));
    const listeners = process.listenerCount('SIGINT');
    const run = (end: () => void): Promise<number> => {
      const program = new Command('rcnn');
      program.command('work').action(() => {
        createProgress({ label: 'work', total: 2, unit: 'steps', stream }).advance();
        end();
      });
      return runProgram(program, ['work']);
    };
    expect(await run(() => undefined)).toBe(0);
    expect(text().split(restored)).toHaveLength(2);
    expect(await run(() => { throw new Error('broken'); })).toBe(1);
    spy.mockRestore();
    expect(text().split(restored)).toHaveLength(3);
    expect(text().indexOf('rcnn: broken')).toBeGreaterThan(text().lastIndexOf(restored));
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('is ended by %s, and the program ends by that signal', (signal) => {
    const script = `
      const { createProgress } = await import(${JSON.stringify(new URL('progress.ts', import.meta.url).href)});
      createProgress({ label: 'work', total: 2, unit: 'steps', stream: Object.assign(process.stdout, { isTTY: true, columns: 80 }) });
      process.kill(process.pid, '${signal}');
      setTimeout(() => process.exit(7), 5000);`;
    const ended = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: import.meta.dirname, encoding: 'utf8' });
    expect(ended.signal, ended.stderr).toBe(signal);
    expect(ended.stdout).toContain(restored);
    expect(ended.stdout).toContain('\x1b[?7h'); // lines are wrapped
  });
});

describe('duration', () => {
  it('is said in the two largest units', () => {
    expect([0.4, 59, 61, 3599, 7260].map(duration)).toEqual(['0 s', '59 s', '1 min 1 s', '59 min 59 s', '2 h 1 min']);
  });
});
