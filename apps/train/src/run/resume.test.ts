import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readSafetensors } from '@rcnn/weights';
import { writeShapes } from '@rcnn/datasets/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMetrics } from '../report/metrics-row.ts';
import { rcnn } from '../test-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-resume-'));
const data = join(folder, 'shapes');
const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const program = ['--import', 'tsx', main];
const settings = [
  'model.backbone.width=0.125', 'model.fpn.channels=16', 'model.box.hidden=32', 'training.epochs=3', 'training.checkpointEvery=3',
  'training.warmupSteps=4',
].flatMap((setting) => ['--set', setting]);
const training = (out: string): string[] =>
  ['train', '--engine', 'wasm', '--data', data, '--split', 'train', '--backbone', 'resnet18-fpn', '--out', out, ...settings];

/** In a process of its own; where nothing hangs on that, `rcnn` is quicker. */
const run = (...args: string[]): Promise<{ stdout: string; stderr: string }> => promisify(execFile)(process.execPath, [...program, ...args], { maxBuffer: 1e8 });
const losses = (out: string): unknown[] =>
  parseMetrics(readFileSync(join(out, 'metrics.jsonl'), 'utf8')).map(({ step, losses: each }) => ({ step, ...each }));

describe('a run that is killed', () => {
  const whole = join(folder, 'whole');
  const killed = join(folder, 'killed');

  beforeAll(async () => {
    await writeShapes(data, { count: 24, size: 64, seed: 3 });
    await rcnn(...training(whole));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes on with --resume as if nothing had happened, loss by loss', async () => {
    const child = spawn(process.execPath, [...program, ...training(killed)], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    const steps = (): number => (existsSync(join(killed, 'metrics.jsonl')) ? losses(killed).length : 0);
    while (steps() < 8 && child.exitCode === null) await wait(20);
    child.kill('SIGKILL');
    await ended;
    const interrupted = losses(killed).length;
    expect(interrupted).toBeGreaterThanOrEqual(8);
    expect(interrupted).toBeLessThan(losses(whole).length);
    expect(() => readSafetensors(readFileSync(join(killed, 'checkpoint.safetensors')))).not.toThrow();

    await run('train', '--engine', 'wasm', '--out', killed, '--resume');
    expect(losses(killed)).toEqual(losses(whole));
    expect(readFileSync(join(killed, 'model.safetensors')).equals(readFileSync(join(whole, 'model.safetensors')))).toBe(true);
  });

  it('can be evaluated, and its detections come in pixels of the image', async () => {
    const { stdout } = await rcnn('eval', '--engine', 'wasm', '--run', whole, '--split', 'test', '--json');
    const summary = JSON.parse(stdout) as Record<string, unknown>;
    expect(summary).toMatchObject({ split: 'test', images: 4 });
    expect(summary['mAP@.5']).toBeGreaterThanOrEqual(0);
    const image = join(data, 'JPEGImages', '000001.jpg');
    const found = JSON.parse((await rcnn('detect', '--engine', 'wasm', '--run', whole, image, '--min-score', '0.05', '--json')).stdout) as {
      images: { file: string; width: number; height: number; detections: { box: number[]; class: string; score: number }[] }[];
    };
    expect(found.images).toHaveLength(1);
    expect(found.images[0]).toMatchObject({ file: image, width: 64, height: 64 });
    for (const { box: [x1, y1, x2, y2], score } of found.images[0].detections) {
      expect(x1 >= 0 && y1 >= 0 && x2 <= 64 && y2 <= 64 && x1 <= x2 && y1 <= y2).toBe(true);
      expect(score >= 0.05 && score <= 1).toBe(true);
    }
  });

  it('has ended: --resume leaves it and its report, the evaluation among it, as they are', async () => {
    const report = (): string => readFileSync(join(whole, 'report.html'), 'utf8');
    const [before, model] = [report(), readFileSync(join(whole, 'model.safetensors'))];
    expect(before).toContain('COCO figures');
    expect(before).toContain('data:image/png');
    expect((await rcnn('train', '--engine', 'wasm', '--out', whole, '--resume')).exitCode).toBe(0);
    expect(report()).toBe(before);
    expect(readFileSync(join(whole, 'model.safetensors')).equals(model)).toBe(true);
  });

  it.each([
    ['a folder that is no run', () => ['eval', '--run', data], 'expected the directory of a run'],
    ['a run that exists', () => training(whole), '--resume goes on with a run'],
    ['an image that is none', () => ['detect', '--run', whole, join(data, 'classes.txt')], 'classes.txt: '],
    ['an unknown engine', () => ['eval', '--run', whole, '--engine', 'abacus'], 'expected one of tfjs-node-gpu'],
    ['an unknown backbone', () => ['train', '--data', data, '--backbone', 'vgg', '--out', join(folder, 'x')], 'expected one of resnet18-fpn'],
    ['an unknown setting', () => ['train', '--data', data, '--set', 'training.epoch=1', '--out', join(folder, 'x')], 'Unrecognized key'],
    ['a training of no step', () => ['train', '--data', data, '--set', 'training.epochs=1e-9', '--out', join(folder, 'x')], 'training.epochs: expected one step at least'],
    ['a file in place of the run', () => ['train', '--data', data, '--backbone', 'resnet18-fpn', '--out', join(data, 'classes.txt')], 'classes.txt: expected a folder, or a name for one, got a file'],
    ['missing weights', () => ['train', '--data', data, '--weights', 'none.safetensors', '--out', join(folder, 'x')], 'none.safetensors: no such file'],
  ])('%s ends in one line and exit code 1', async (_, args, message) => {
    const { stderr, exitCode } = await rcnn(...args());
    expect(exitCode).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('that failed before its first step leaves its directory free for another try', async () => {
    const out = join(folder, 'again');
    const weights = join(folder, 'whole', 'model.safetensors');
    const refused = await rcnn(...training(out), '--weights', weights, '--set', 'model.fpn.channels=8');
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('model.safetensors: weights: expected "') as string });
    const { stderr } = await rcnn(...training(out), '--weights', weights, '--set', 'training.epochs=1');
    expect(stderr).toMatch(/model\.safetensors: \d+ tensors loaded\n/);
  });

  it('refuses to go on with another number of replicas than the checkpoint is of', async () => {
    const config = join(killed, 'config.yaml');
    const before = readFileSync(config, 'utf8');
    writeFileSync(config, before.replace(/replicas: \d/, 'replicas: 3'));
    const { stderr, exitCode } = await rcnn('train', '--engine', 'wasm', '--out', killed, '--resume');
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/config\.yaml: training\.replicas: expected \d, as many as the checkpoint is of, got 3\n$/)]);
    writeFileSync(config, before);
  });

  it('whose checkpoint was damaged says so, with the file', async () => {
    writeFileSync(join(killed, 'checkpoint.safetensors'), readFileSync(join(killed, 'checkpoint.safetensors')).subarray(0, 5000));
    expect(await rcnn('train', '--engine', 'wasm', '--out', killed, '--resume')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/rcnn: .*checkpoint\.safetensors: /) as string,
    });
  });
});
