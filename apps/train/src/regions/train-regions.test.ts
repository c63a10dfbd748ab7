import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readSafetensors } from '@rcnn/weights';
import { describe, expect, it } from 'vitest';
import { ablate } from '../run/ablate-command.ts';
import { evaluate } from '../run/eval-command.ts';
import { train } from '../run/train-command.ts';
import { ablationMarkdown } from './ablation-summary.ts';
import { temporaryShapes } from './testing/temporary-shapes.ts';

const { at, data, said, forget } = temporaryShapes('regions');
const set = ['model.backbone.width=0.05', 'model.backbone.hidden=[8,8]', 'model.regions.train=20', 'model.regions.test=20', 'training.epochs=1', 'training.batchSize=4', 'training.replicas=1'];
const spp = ['model.scales=[64]'];
const options = { data, split: 'train', engine: 'wasm', seed: 1, onProblem: 'refuse' } as const;
const run = (model: 'rcnn' | 'sppnet', out: string, resume?: true) =>
  train({ ...options, model, out: at(out), set: model === 'sppnet' ? [...set, ...spp] : set, ...(resume && { resume }) });
const bytesOf = (out: string, ...path: string[]): Buffer => readFileSync(at(out, ...path));

describe('a run of R-CNN', () => {
  it('leaves each stage behind it in its directory, and is evaluated as any other', async () => {
    await run('rcnn', 'whole');
    expect(readdirSync(at('whole', 'finetuned')).sort()).toEqual(['features-train', 'network.safetensors', 'regressors.safetensors', 'svms-fc7.safetensors']);
    const { summary } = await evaluate({ run: at('whole'), split: 'test', engine: 'wasm' });
    expect(summary.images).toBeGreaterThan(0);
    expect(summary['mAP@.5']).toBeGreaterThanOrEqual(0);
  });

  it('goes on with --resume where it was killed, to the same model bit for bit', async () => {
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    const settings = set.flatMap((setting) => ['--set', setting]);
    const args = ['train', '--data', data, '--split', 'train', '--engine', 'wasm', '--model', 'rcnn', '--out', at('killed'), ...settings];
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    while (!existsSync(at('killed', 'finetuned', 'network.safetensors')) && child.exitCode === null) await wait(5);
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(at('killed', 'model.safetensors'))).toBe(false);
    await run('rcnn', 'killed', true);
    expect(bytesOf('killed', 'model.safetensors').equals(bytesOf('whole', 'model.safetensors'))).toBe(true);
  });

  it('does nothing again that is there', async () => {
    await run('rcnn', 'whole', true);
    expect(said()).not.toMatch(/train:|features|svms|regressors/);
  });

  it('finds a byte flipped in its features when a stage reads them, says so, and computes that shard again', async () => {
    const before = bytesOf('whole', 'model.safetensors');
    const shard = at('whole', 'finetuned', 'features-train', '000000.features');
    const bytes = readFileSync(shard);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(shard, bytes);
    rmSync(at('whole', 'finetuned', 'svms-fc7.safetensors'));
    await run('rcnn', 'whole', true);
    expect(said()).toContain(`rcnn: ${shard}: the checksum does not fit the contents; computed again\n`);
    expect(bytesOf('whole', 'model.safetensors').equals(before)).toBe(true);
  });

  it('has a table of its variants, in which the last is the run itself', async () => {
    const { summary, report } = await ablate({ run: at('whole'), split: 'test', engine: 'wasm' });
    expect(summary.rows.map(({ name }) => name)).toEqual([
      'R-CNN pool5', 'R-CNN fc6', 'R-CNN fc7', 'R-CNN FT pool5', 'R-CNN FT fc6', 'R-CNN FT fc7', 'R-CNN FT fc7 BB', 'R-CNN FT softmax',
    ]);
    const { summary: own } = await evaluate({ run: at('whole'), split: 'test', engine: 'wasm' });
    // The cache rounds to 16 bits, which may turn the order of two regions.
    expect(summary.rows[6].mAP).toBeCloseTo(own['mAP@.5'] ?? NaN, 1);
    const lines = ablationMarkdown(summary).split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe(`| test | ${summary.classes.join(' | ')} | mAP |`);
    expect(readFileSync(report, 'utf8')).toContain('R-CNN FT fc7 BB');
  });
});

describe('a run of SPPnet', () => {
  it('computes features once for the network before and after fine-tuning', async () => {
    await run('sppnet', 'spp');
    expect(readdirSync(at('spp'))).toContain('features-train');
    const { tensors } = readSafetensors(bytesOf('spp', 'model.safetensors'));
    // Brought to the norm that was asked for: not left at the 1 that it starts from.
    expect(tensors.get('spp.scale')?.data).not.toEqual(Float32Array.of(1));
    forget();
    const { summary } = await ablate({ run: at('spp'), split: 'test', engine: 'wasm' });
    expect(summary.rows.map(({ name }) => name)).toEqual(['SPPnet pool5', 'SPPnet fc6', 'SPPnet fc7', 'SPPnet FT fc6', 'SPPnet FT fc7', 'SPPnet FT fc7 BB', 'SPPnet FT softmax']);
    expect(said()).not.toContain('features of train');
    expect(said().match(/features of test:.*took/g)).toHaveLength(1);
  });
});

describe('rcnn eval --ablations', () => {
  it('refuses a run that has no stages', async () => {
    const out = at('faster');
    await train({ ...options, model: 'faster-rcnn', backbone: 'resnet18-fpn', out, set: ['model.backbone.width=0.125', 'model.fpn.channels=8', 'model.box.hidden=8', 'training.epochs=0.2', 'training.replicas=1'] });
    await expect(ablate({ run: out, split: 'test' })).rejects.toThrow(`${out}: expected a run of rcnn, sppnet or fast-rcnn for --ablations, got one of faster-rcnn`);
  });
});
