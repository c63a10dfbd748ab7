import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { runProgram } from './run-program.ts';
import { rcnn } from './test-program.ts';

describe('rcnn', () => {
  it('prints its version and its help on stdout', async () => {
    expect(await rcnn('--version')).toMatchObject({ stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string, exitCode: 0 });
    const help = await rcnn('data', '--help');
    expect(help).toMatchObject({ stderr: '', exitCode: 0 });
    expect(help.stdout).toMatch(/Usage: rcnn data .*shapes.*check/s);
  });

  it.each([
    [['foo'], "rcnn: unknown command 'foo'\n"],
    [['data', 'chekc'], "rcnn: unknown command 'chekc' (Did you mean check?)\n"],
    [['data', 'check', 'x', '--foo'], "rcnn: unknown option '--foo'\n"],
    [['data', 'check'], "rcnn: missing required argument 'dir'\n"],
    [['data', 'shapes'], "rcnn: required option '--out <dir>' not specified\n"],
    [['data', 'shapes', '--out', 'x', '--count', '1.5'], "rcnn: option '--count <n>' argument '1.5' is invalid. Expected a whole number of at least 1.\n"],
    [['data', 'check', 'x', '--format', 'kitti'], "rcnn: option '--format <format>': expected voc, coco, yolo, labelme or masks, got kitti\n"],
    [['data', 'shapes', '--out', 'x', '--classes', 'circle,circle'], "rcnn: option '--classes <names>': expected every shape once, got circle twice\n"],
    [['train', '--out', 'x', '--on-problem', 'banana'], "rcnn: option '--on-problem <what>' argument 'banana' is invalid. Allowed choices are skip, refuse.\n"],
    ...[['--set', 'a=1'], ['--seed', '1'], ['--model', 'faster-rcnn'], ['--backbone', 'x'], ['--weights', 'x'], ['--config', 'x'], ['--procedure', 'joint']].map(
      ([option, value]): [string[], string] => [
        ['train', '--out', 'x', '--resume', option, value],
        `rcnn: option '${option}': expected none with --resume, which goes on with the settings in x/config.yaml\n`,
      ],
    ),
    [['train', '--out', '/nowhere', '--resume', '--engine', 'cpu'], 'rcnn: /nowhere: expected the directory of a run, found no config.yaml in it\n'],
  ])('answers %j with one line and exit code 1', async (args, stderr) => {
    expect(await rcnn(...args)).toEqual({ stdout: '', stderr, exitCode: 1 });
  });

  it('runs from its file', async () => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', main, 'data', 'check', '/nowhere/at/all']);
    await expect(run).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('/nowhere/at/all: no such folder') as string });
  });
});

describe('runProgram', () => {
  it('says any error in one line, with the stack only where RCNN_DEBUG asks for it', async () => {
    const written: string[] = [];
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
    const fail = (): Promise<number> => {
      const program = new Command('rcnn');
      program.command('fail').action(() => Promise.reject(new Error('a.jpg:\n  broken')));
      return runProgram(program, ['fail']);
    };
    expect(await fail()).toBe(1);
    vi.stubEnv('RCNN_DEBUG', '1');
    expect(await fail()).toBe(1);
    vi.unstubAllEnvs();
    spy.mockRestore();
    expect(written.slice(0, 2)).toEqual(['rcnn: a.jpg: broken\n', 'rcnn: a.jpg: broken\n']);
    expect(written).toHaveLength(3);
    expect(written[2]).toContain('    at ');
  });
});
