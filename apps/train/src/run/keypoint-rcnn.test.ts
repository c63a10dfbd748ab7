import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatCoco, type Dataset } from '@rcnn/datasets';
import { readDataset, writeShapes } from '@rcnn/datasets/node';
import { asKeypoints } from '@rcnn/geometry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMetrics } from '../report/metrics-row.ts';
import { rcnn } from '../test-program.ts';
import { createBatches } from './batches.ts';
import type { DetectSummary } from './detect-command.ts';
import { defaultTraining } from './run-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'rcnn-keypoints-'));
const [shapes, run] = [join(folder, 'shapes'), join(folder, 'run')];
const keypointNames = ['middle', 'left_end', 'right_end'];
const settings = [
  'model.backbone.width=0.125', 'model.fpn.channels=8', 'model.box.hidden=16', 'model.box.scoreThreshold=0', 'model.keypoints.layers=1', 'model.keypoints.hidden=8',
  'training.epochs=0.3', 'training.replicas=1',
].flatMap((setting) => ['--set', setting]);
const train = (...more: string[]) => rcnn('train', '--engine', 'wasm', '--model', 'keypoint-rcnn', '--data', shapes, '--split', 'train', '--backbone', 'resnet18-fpn', ...more, ...settings);
let data: Dataset;

/** Shapes as COCO has people: the middle of a box, and those of its left and right edge, the last hidden. */
function withKeypoints({ classes, examples }: Dataset): Pick<Dataset, 'classes' | 'examples' | 'keypointNames' | 'skeleton'> {
  const marked = examples.map((example) => {
    const { boxes, labels } = example.groundTruth;
    const points = [...labels.keys()].flatMap((i) => {
      const [x1, y1, x2, y2] = boxes.subarray(4 * i, 4 * i + 4);
      const y = (y1 + y2) / 2;
      return [(x1 + x2) / 2, y, 2, x1, y, 2, x2, y, 1];
    });
    return { ...example, groundTruth: { ...example.groundTruth, keypoints: asKeypoints(points, 3) } };
  });
  return { classes, examples: marked, keypointNames, skeleton: [[1, 0], [0, 2]] };
}

describe('rcnn with --model keypoint-rcnn', () => {
  beforeAll(async () => {
    const written = join(folder, 'written');
    await writeShapes(written, { count: 16, size: 64, seed: 3 });
    for (const split of ['train', 'test']) {
      mkdirSync(join(shapes, 'annotations'), { recursive: true });
      const plain = await readDataset(written, { split });
      const annotations = formatCoco(withKeypoints(plain));
      writeFileSync(join(shapes, 'annotations', `instances_${split}.json`), JSON.stringify(formatCoco(plain)));
      writeFileSync(join(shapes, 'annotations', `person_keypoints_${split}.json`), JSON.stringify(annotations));
      mkdirSync(join(shapes, split));
      for (const { file_name } of annotations.images) writeFileSync(join(shapes, split, file_name), readFileSync(join(written, 'JPEGImages', file_name)));
    }
    data = await readDataset(shapes, { split: 'train', keypoints: true });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('trains on keypoints, though there are instances files too, scores them, prints and draws them', async () => {
    const trained = await train('--out', run);
    expect(trained.exitCode, trained.stderr).toBe(0);
    expect(parseMetrics(readFileSync(join(run, 'metrics.jsonl'), 'utf8')).every(({ losses }) => (losses['keypoint'] ?? 0) > 0)).toBe(true);
    expect(readFileSync(join(run, 'config.yaml'), 'utf8')).toMatch(/keypoints:\n {4}names:\n {6}- middle\n {6}- left_end\n/);

    const evaluated = await rcnn('eval', '--engine', 'wasm', '--run', run, '--split', 'test');
    expect(evaluated.stdout, evaluated.stderr).toMatch(/^keypoints: AP = (–|\d\.\d{3}), AP50 = /m);
    expect(readFileSync(join(run, 'report.html'), 'utf8')).toContain('COCO AP of keypoints');
    const { cocoKeypoints } = JSON.parse(readFileSync(join(run, 'evaluation-test.json'), 'utf8')) as { cocoKeypoints: Record<string, number | null> };
    expect(Object.keys(cocoKeypoints)).toHaveLength(10);

    const image = data.examples[0].file;
    const detect = async (...more: string[]): Promise<DetectSummary> =>
      JSON.parse((await rcnn('detect', '--engine', 'wasm', '--run', run, image, '--min-score', '0', '--json', ...more)).stdout) as DetectSummary;
    for (const { keypointNames: names, images } of [await detect(), await detect('--augment', '--out', join(folder, 'drawn'))]) {
      expect(names).toEqual(keypointNames);
      expect(images[0].detections.length).toBeGreaterThan(0);
      for (const { box: [x1, y1, x2, y2], keypoints = [] } of images[0].detections) {
        expect(keypoints).toHaveLength(9);
        for (let k = 0; k < 9; k += 3) {
          expect(keypoints[k] >= x1 - 1e-3 && keypoints[k] <= Math.max(x2, x1 + 1) + 1e-3, `${keypoints[k]} between ${x1} and ${x2}`).toBe(true);
          expect(keypoints[k + 1] >= y1 - 1e-3 && keypoints[k + 1] <= Math.max(y2, y1 + 1) + 1e-3).toBe(true);
        }
      }
    }
  });

  it('mirrors the keypoints of mirrored images, left and right exchanged, and leaves crowds out', async () => {
    const [first] = data.examples;
    const crowd = Uint8Array.from(first.groundTruth.labels, (_, i) => Number(i === 0));
    const read = async (flip: number, example = first) => {
      const batches = createBatches({ examples: [example] }, { seed: 1, training: { ...defaultTraining, flip } }, (error) => { throw error; }, { keypoints: keypointNames });
      return (await batches.read(0)).objects[0];
    };
    const [plain, mirrored, single] = [await read(0), await read(1), await read(0, { ...first, groundTruth: { ...first.groundTruth, crowd } })];
    const [x, y, v, lx, ly, , rx, , rv] = plain.keypoints ?? [];
    expect([...(mirrored.keypoints?.subarray(0, 9) ?? [])]).toEqual([64 - x, y, v, 64 - rx, ly, rv, 64 - lx, ly, 2]);
    expect(plain.keypoints).toEqual(first.groundTruth.keypoints);
    expect(single.keypoints).toEqual(first.groundTruth.keypoints?.slice(9));
  });

  it('refuses a dataset without keypoints, or with others than the run knows, and names that have no mirror', async () => {
    const out = join(folder, 'other');
    const none = await rcnn('train', '--model', 'keypoint-rcnn', '--data', join(folder, 'written'), '--split', 'train', '--out', out);
    expect([none.exitCode, none.stderr]).toEqual([1, expect.stringContaining('written: expected keypoints to learn')]);
    const other = await train('--out', out, '--set', 'model.keypoints.names=[a, b, c]');
    expect([other.exitCode, other.stderr]).toEqual([1, expect.stringContaining('the run knows the keypoints a, b, c, the dataset has middle, left_end, right_end')]);
    expect(existsSync(out)).toBe(false);
    const lonely = await train('--out', join(folder, 'third'), '--set', 'model.keypoints.names=[left_end, b]');
    expect([lonely.exitCode, lonely.stderr]).toEqual([1, expect.stringContaining('model.keypoints.names: mirroredKeypoints: expected "right_end" beside "left_end"')]);
    const beyond = await train('--out', join(folder, 'third'), '--set', 'model.keypoints.skeleton=[[0, 3]]');
    expect([beyond.exitCode, beyond.stderr]).toEqual([1, expect.stringContaining('model.keypoints.skeleton: expected keypoints from 0 to 2, got 3')]);
  });
});
