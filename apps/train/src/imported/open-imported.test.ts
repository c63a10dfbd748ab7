import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeShapes } from '@rcnn/datasets/node';
import { prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { fasterRcnn, stateDict, torchvisionFasterRcnnMobilenetV3Large320Fpn } from '@rcnn/models';
import { writeSafetensors, type StateDict } from '@rcnn/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rcnn } from '../test-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-imported-'));
const image = join(folder, 'shapes', 'JPEGImages', '000001.jpg');
const model = 'fasterrcnn_mobilenet_v3_large_320_fpn';
const file = (name: string, weights: StateDict): string => {
  const path = join(folder, name);
  writeFileSync(path, writeSafetensors(weights));
  return path;
};
let weights: StateDict;

beforeAll(async () => {
  await prepareEngine();
  await writeShapes(join(folder, 'shapes'), { count: 4, size: 64, seed: 1 });
  const trained = fasterRcnn(torchvisionFasterRcnnMobilenetV3Large320Fpn(['a', 'b']), createRng(1));
  weights = stateDict(trained.parameters);
  trained.dispose();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("rcnn detect with another's weights", () => {
  it('finds objects, under names of the classes or their numbers', async () => {
    const path = file('whole.safetensors', weights);
    const { stdout } = await rcnn('detect', '--model', model, '--weights', path, image, '--min-score', '0', '--json');
    const [{ width, detections }] = (JSON.parse(stdout) as { images: { width: number; detections: { class: string }[] }[] }).images;
    expect(width).toBe(64);
    expect(detections.length).toBeGreaterThan(0);
    expect(detections.every((each) => ['class 1', 'class 2'].includes(each.class))).toBe(true);
    expect(await rcnn('detect', '--model', model, '--weights', path, image, '--classes', 'one')).toMatchObject({
      stderr: expect.stringContaining(`option '--classes': ${path} knows 2 classes, got 1 names`) as string, exitCode: 1,
    });
  });

  it('names the first parameter that is missing or has no place', async () => {
    const bias = 'roi_heads.box_predictor.cls_score.bias';
    const detect = async (name: string, changed: StateDict): Promise<string> => (await rcnn('detect', '--model', model, '--weights', file(name, changed), image, '--json')).stderr;
    const small = new Map([...weights].filter(([name]) => name === bias || name === 'backbone.body.0.0.weight'));
    expect(await detect('some.safetensors', small)).toMatch(/some\.safetensors: expected the parameters of fasterrcnn_.*, found "backbone\.body\.0\.1\.weight" and \d+ more missing\n$/);
    expect(await detect('none.safetensors', new Map([...small].filter(([name]) => name !== bias)))).toMatch(/none\.safetensors: expected a detector with "roi_heads\.box_predictor\.cls_score\.bias", found none\n$/);
  });

  it('wants either a run or a model with its weights, of those it knows', async () => {
    const said = async (...args: string[]): Promise<string> => (await rcnn('detect', image, ...args)).stderr;
    expect(await said()).toContain("option '--run' is missing: the directory of a run, or '--model' with '--weights'");
    expect(await said('--model', model)).toContain("option '--run' is missing");
    expect(await said('--run', 'r', '--model', model)).toContain("expected either a run or '--model' with '--weights', got both");
    expect(await said('--model', 'yolo', '--weights', 'w.pth')).toContain("option '--model': expected fasterrcnn_resnet50_fpn, ");
  });
});
