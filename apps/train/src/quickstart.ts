// `pnpm quickstart`: the whole path in a few minutes. Generates a dataset of shapes on disk, trains a small Faster R-CNN
// on it from random weights, scores it on images it has not seen, draws some of them.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDataset, writeShapes } from '@rcnn/datasets/node';
import { createProgress } from './progress.ts';
import { evaluate, formatEvaluation } from './run/eval-command.ts';
import { detect } from './run/detect-command.ts';
import { train } from './run/train-command.ts';

const root = join('runs', 'quickstart');
const data = join(root, 'shapes');
const run = join(root, 'run');
const count = 1000;
const tell = (what: string): void => void process.stdout.write(`\n${what}\n`);

rmSync(root, { recursive: true, force: true });

tell(`1. A dataset: ${count} images of shapes`);
const progress = createProgress({ label: 'generate', total: count, unit: 'images' });
const shapes = await writeShapes(data, {
  count,
  size: 96,
  seed: 1,
  classes: ['circle', 'triangle', 'star'],
  scale: [0.22, 0.55],
  objects: [1, 5],
  onImage: () => progress.advance(),
});
progress.finish();
tell(`   ${data}: ${shapes.boxes} boxes of ${shapes.classes.join(', ')}, as Pascal VOC and as COCO`);

tell('2. Training a Faster R-CNN from random weights');
const config = fileURLToPath(new URL('quickstart.yaml', import.meta.url));
const trained = await train({
  data, split: 'train', model: 'faster-rcnn', backbone: 'resnet18-fpn', out: run, config, set: [], seed: 1, onProblem: 'refuse',
});
tell(`   ${run}: config.yaml, metrics.jsonl, checkpoint.safetensors, model.safetensors; engine ${trained.engine}`);

tell('3. Scoring it on images that it has not seen');
const { summary, report } = await evaluate({ run, data, split: 'test' });
tell(formatEvaluation(summary));

tell('4. Drawing what it finds');
const { examples } = await readDataset(data, { split: 'test', format: 'voc' });
await detect(examples.slice(0, 6).map(({ file }) => file), { run, minScore: 0.5 });

tell(`Look at ${report} and ${join(run, 'detections')}. Next: pnpm rcnn train --data YOUR_FOLDER --out runs/mine`);
tell(`mAP@.5 = ${(summary['mAP@.5'] ?? 0).toFixed(3)}`);
