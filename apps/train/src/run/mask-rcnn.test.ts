import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeShapes } from '@rcnn/datasets/node';
import { rleFromString } from '@rcnn/geometry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMetrics } from '../report/metrics-row.ts';
import { rcnn } from '../test-program.ts';
import type { DetectSummary } from './detect-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-masks-'));
const [data, run] = [join(folder, 'shapes'), join(folder, 'run')];
const settings = [
  'model.backbone.width=0.125', 'model.fpn.channels=8', 'model.box.hidden=16', 'model.box.scoreThreshold=0', 'model.mask.layers=1', 'model.mask.hidden=8',
  'training.epochs=0.3', 'training.replicas=1',
].flatMap((setting) => ['--set', setting]);

describe('rcnn with --model mask-rcnn', () => {
  beforeAll(async () => {
    await writeShapes(data, { count: 16, size: 64, seed: 3 });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('trains on masks, scores them, and prints them as COCO has them', async () => {
    const trained = await rcnn('train', '--engine', 'wasm', '--model', 'mask-rcnn', '--data', data, '--split', 'train', '--backbone', 'resnet18-fpn', '--out', run, ...settings);
    expect(trained.exitCode, trained.stderr).toBe(0);
    const metrics = parseMetrics(readFileSync(join(run, 'metrics.jsonl'), 'utf8'));
    expect(metrics.every(({ losses }) => (losses['mask'] ?? 0) > 0)).toBe(true);

    const evaluated = await rcnn('eval', '--engine', 'wasm', '--run', run, '--split', 'test');
    expect(evaluated.stdout).toMatch(/^masks: AP = 0\.\d{3}, AP50 = 0\.\d{3}, AP75 = 0\.\d{3}$/m);
    const report = readFileSync(join(run, 'report.html'), 'utf8');
    expect(report).toContain('COCO AP of masks');
    const { cocoMasks } = JSON.parse(readFileSync(join(run, 'evaluation-test.json'), 'utf8')) as { cocoMasks: Record<string, number> };
    expect(cocoMasks['AP50']).toBeGreaterThanOrEqual(0);

    const image = join(data, 'JPEGImages', '000001.jpg');
    const { stdout } = await rcnn('detect', '--engine', 'wasm', '--run', run, image, '--min-score', '0', '--json');
    const { detections } = (JSON.parse(stdout) as DetectSummary).images[0];
    expect(detections.length).toBeGreaterThan(0);
    for (const { segmentation } of detections) {
      expect(segmentation?.size).toEqual([64, 64]);
      expect(rleFromString(segmentation?.counts ?? '', 64, 64).counts.length).toBeGreaterThan(0);
    }
  });

  it('trains one on a single map, with 64 regions of an image, and draws its masks', async () => {
    const single = join(folder, 'single');
    const small = [
      'model.backbone.width=0.125', 'model.rpnChannels=8', 'model.operator.resolution=4', 'model.mask.hidden=8', 'model.box.scoreThreshold=0', 'training.epochs=0.3', 'training.replicas=1',
    ].flatMap((setting) => ['--set', setting]);
    const trained = await rcnn('train', '--engine', 'wasm', '--model', 'mask-rcnn-single-map', '--data', data, '--split', 'train', '--out', single, ...small);
    expect(trained.exitCode, trained.stderr).toBe(0);
    expect(parseMetrics(readFileSync(join(single, 'metrics.jsonl'), 'utf8')).every(({ losses }) => Number.isFinite(losses['mask']))).toBe(true);
    expect(readFileSync(join(single, 'config.yaml'), 'utf8')).toMatch(/box:\n(?: {4}.*\n)*? {4}samples: 64\n/);
    const { stdout } = await rcnn('detect', '--engine', 'wasm', '--run', single, join(data, 'JPEGImages', '000001.jpg'), '--min-score', '0', '--json');
    const { detections } = (JSON.parse(stdout) as DetectSummary).images[0];
    expect(detections.length).toBeGreaterThan(0);
    expect(detections.every(({ segmentation }) => segmentation?.size.join() === '64,64')).toBe(true);
  });

  it('refuses a backbone without a stage for the regions', async () => {
    const { exitCode, stderr } = await rcnn('train', '--model', 'mask-rcnn-single-map', '--backbone', 'mobilenet_v2', '--data', data, '--split', 'train', '--out', join(folder, 'other'));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('expected a ResNet whose levels end before 5')]);
  });

  it('refuses a dataset without masks', async () => {
    const plain = join(folder, 'plain');
    cpSync(data, plain, { recursive: true });
    rmSync(join(plain, 'annotations'), { recursive: true });
    for (const model of ['mask-rcnn', 'mask-rcnn-single-map']) {
      const { exitCode, stderr } = await rcnn('train', '--model', model, '--data', plain, '--split', 'train', '--out', join(folder, 'other'));
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("plain: expected masks to learn, as in COCO's instances files, found none in train")]);
    }
  });

  it('names the setting that is wrong', async () => {
    const { exitCode, stderr } = await rcnn('train', '--model', 'mask-rcnn', '--data', data, '--split', 'train', '--out', join(folder, 'other'), '--set', 'model.mask.classes=rival');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('model.mask.classes')]);
  });
});
