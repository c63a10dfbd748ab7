// Makes the model that ships with the page: a Mask R-CNN of `pnpm quickstart`'s settings, trained from random weights on
// shapes generated as there, but four times as large and scaled down by the model itself, so that they look crisp on a screen.
//   npx tsx apps/demo/model/make-model.ts     about five minutes on two cores; the same seed and engine give the same file
import { execFileSync } from 'node:child_process';
import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeShapes } from '@rcnn/datasets/node';
import { sampleShapes } from '../src/samples/sample-shapes.ts';

const root = join('runs', 'demo');
const [data, run] = [join(root, 'shapes'), join(root, 'run')];
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const rcnn = (...args: string[]): void => void execFileSync(process.execPath, [path('../../train/rcnn.js'), ...args], { stdio: 'inherit' });

rmSync(root, { recursive: true, force: true });
await writeShapes(data, { ...sampleShapes, count: 1000, seed: 1 });
rcnn(
  'train', '--data', data, '--split', 'train', '--model', 'mask-rcnn', '--backbone', 'resnet18-fpn', '--out', run,
  '--config', path('../../train/src/quickstart.yaml'), '--set', 'model.image.minSize=96', '--set', 'model.image.maxSize=192',
);
rcnn('eval', '--run', run, '--data', data, '--split', 'test');

const target = path('.');
for (const name of ['model.safetensors', 'config.yaml']) {
  const partial = join(target, `.${name}.partial`);
  copyFileSync(join(run, name), partial);
  renameSync(partial, join(target, name));
}
