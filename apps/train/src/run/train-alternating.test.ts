import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeShapes } from '@rcnn/datasets/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMetrics } from '../report/metrics-row.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-alternating-'));
const data = join(folder, 'shapes');
const rcnn = ['--import', 'tsx', fileURLToPath(new URL('../main.ts', import.meta.url))];
const settings = [
  'model.backbone.width=0.125', 'model.backbone.hidden=[16,16]', 'model.rpnChannels=16', 'training.epochs=1', 'training.checkpointEvery=2', 'training.warmupSteps=2',
  'training.replicas=1', 'boxStatistics=all',
].flatMap((setting) => ['--set', setting]);
const training = (out: string): string[] => [
  'train', '--engine', 'wasm', '--data', data, '--split', 'train', '--model', 'faster-rcnn-single-map', '--backbone', 'squeezenet1_0', '--procedure', 'alternating',
  '--out', out, ...settings,
];
const run = async (...args: string[]): Promise<string> => (await promisify(execFile)(process.execPath, [...rcnn, ...args], { maxBuffer: 1e8 })).stderr;
const bytes = (...path: string[]): Buffer => readFileSync(join(folder, ...path));
const losses = (out: string, step: number): unknown[] => {
  const file = join(folder, out, `step-${step}`, 'metrics.jsonl');
  return existsSync(file) ? parseMetrics(readFileSync(file, 'utf8')).map(({ step: at, losses: each }) => ({ at, ...each })) : [];
};

describe('4-step training that is interrupted', () => {
  beforeAll(async () => {
    await writeShapes(data, { count: 20, size: 64, seed: 3 });
    await run(...training(join(folder, 'whole')));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('inside a step goes on from its checkpoint, to the same detector bit for bit', async () => {
    const child = spawn(process.execPath, [...rcnn, ...training(join(folder, 'inside'))], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    while (losses('inside', 2).length < 3 && child.exitCode === null) await wait(10);
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(join(folder, 'inside', 'step-2', 'model.safetensors'))).toBe(false);
    expect(losses('inside', 2).length).toBeLessThan(losses('whole', 2).length);
    const said = await run('train', '--engine', 'wasm', '--out', join(folder, 'inside'), '--resume');
    expect(said).not.toContain('step 1 of 4');
    expect(said).toContain('step 2 of 4');
    for (const step of [1, 2, 3, 4]) expect(losses('inside', step)).toEqual(losses('whole', step));
    expect(bytes('inside', 'model.safetensors').equals(bytes('whole', 'model.safetensors'))).toBe(true);
  });

  it('between two steps goes on with the next, to the same detector and settings', async () => {
    cpSync(join(folder, 'whole'), join(folder, 'between'), { recursive: true });
    for (const name of ['step-3', 'step-3-start.safetensors', 'step-4', 'model.safetensors']) rmSync(join(folder, 'between', name), { recursive: true });
    const said = await run('train', '--engine', 'wasm', '--out', join(folder, 'between'), '--resume');
    expect(said).not.toContain('step 2 of 4');
    expect(said).toContain('step 3 of 4');
    expect(bytes('between', 'model.safetensors').equals(bytes('whole', 'model.safetensors'))).toBe(true);
    expect(bytes('between', 'config.yaml').equals(bytes('whole', 'config.yaml'))).toBe(true);
  });

  it('says the statistics of the last step in its own configuration', () => {
    expect(bytes('whole', 'config.yaml').toString()).toContain('kind: statistics');
    expect(bytes('whole', 'step-4', 'config.yaml').toString()).toContain('kind: statistics');
  });
});
