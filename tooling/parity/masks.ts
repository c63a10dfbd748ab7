// Whether a Mask R-CNN with torchvision's weights draws here the masks that it draws there, on real images:
//
//   npx tsx tooling/parity/masks.ts [--model NAME] [--keep FOLDER] IMAGE…
//
// Needs /usr/bin/python3 (or PYTHON) with torch and torchvision. Prints, for each image, the greatest differences of boxes and
// scores, the mean and the greatest one of the pasted soft masks, and the mask loss of objects where detections are over
// torchvision's; exit code 1 where one is above the tolerance.
import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { prepareEngine } from '../../packages/engine/src/index.ts';
import { asBoxes, createRng, pasteMask, rleFromMask, type RgbImage } from '../../packages/geometry/src/index.ts';
import {
  maskRcnn, torchvisionMaskRcnnResnet50Fpn, torchvisionMaskRcnnResnet50FpnV2, type MaskRcnn, type MaskRcnnConfig, type SoftDetections,
} from '../../packages/models/src/index.ts';
import { readPth } from '../../packages/weights/src/index.ts';
import { greatest } from './greatest.ts';
import { runPeer } from './run-peer.ts';
import { withWeights } from './with-weights.ts';

const presets: Readonly<Record<string, (classes: readonly string[]) => MaskRcnnConfig>> = {
  maskrcnn_resnet50_fpn: torchvisionMaskRcnnResnet50Fpn,
  maskrcnn_resnet50_fpn_v2: torchvisionMaskRcnnResnet50FpnV2,
};
const classes = Array.from({ length: 90 }, (_, i) => `class ${i + 1}`);
/** Boxes in pixels, the mean over the pixels of all masks, the loss over torchvision's. */
const tolerances = { boxes: 0.1, scores: 1e-3, masks: 1e-3, loss: 1e-4 };

interface Expected {
  readonly boxes: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly scores: readonly number[];
  readonly losses: { readonly loss_mask: number };
}

const { values: options, positionals: files } = parseArgs({ options: { model: { type: 'string', default: 'maskrcnn_resnet50_fpn' }, keep: { type: 'string' } }, allowPositionals: true });
const { model: name } = options;
const { folder, images } = await runPeer(name, files, options.keep);
const { name: engine } = await prepareEngine();
console.log(`engine ${engine}`);
const standard = presets[name](classes);
const weights = readPth(readFileSync(join(folder, 'weights.pth')));
/** A sampler that takes every anchor or region leaves nothing to chance. */
const everything = { ...standard, rpn: { ...standard.rpn, samples: 1e6 }, box: { ...standard.box, samples: 1e6 } };
const found = await withWeights(maskRcnn(standard, createRng(0)), weights, async (model) => {
  const all: SoftDetections[] = [];
  for (const image of images) all.push(...(await model.detectSoft([image])));
  return all;
});
const losses = await withWeights(maskRcnn(everything, createRng(0)), weights, (model) => images.map((image, i) => lossOf(model, image, join(folder, String(i)))));
for (const [i, image] of images.entries()) {
  const expected = JSON.parse(readFileSync(join(folder, `${i}.expected.json`), 'utf8')) as Expected;
  const { boxes, labels, scores } = found[i];
  const alike = labels.length === expected.labels.length && labels.every((label, at) => label === expected.labels[at]);
  const masks = maskDifferences(found[i], image, join(folder, `${i}.masks.f32`));
  const differences = { boxes: greatest(boxes, expected.boxes.flat()), scores: greatest(scores, expected.scores), masks: masks.mean, loss: Math.abs(losses[i] / expected.losses.loss_mask - 1) };
  if (!alike || Object.entries(tolerances).some(([kind, tolerance]) => !(differences[kind as keyof typeof tolerances] <= tolerance))) process.exitCode = 1;
  const figures = Object.entries(differences).map(([kind, value]) => `${kind} ${value.toExponential(1)}`).join(', ');
  console.log(`${name} ${basename(files[i])} ${image.width}×${image.height}: ${figures} (of ${expected.losses.loss_mask.toFixed(4)}), greatest of masks ${masks.greatest.toExponential(1)}; ${labels.length} detections${alike ? ' in the same order' : ', NOT THE SAME'}`);
}
if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });

function lossOf(model: MaskRcnn, image: RgbImage, stem: string): number {
  const { boxes, labels } = JSON.parse(readFileSync(`${stem}.objects.json`, 'utf8')) as { boxes: number[][]; labels: number[] };
  const pixels = image.width * image.height;
  const masks = labels.map((_, i) => rleFromMask(Uint8Array.from(readFileSync(`${stem}.objects.u1`).subarray(i * pixels, (i + 1) * pixels)), image.height, image.width));
  return tf.tidy(() => model.losses([image], [{ boxes: asBoxes(boxes.flat()), labels: Int32Array.from(labels), masks }], createRng(0)).mask.dataSync()[0]);
}

function maskDifferences({ boxes, labels, probabilities }: SoftDetections, { width, height }: RgbImage, file: string): { mean: number; greatest: number } {
  const bytes = readFileSync(file);
  const expected = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const pixels = probabilities.length / labels.length;
  let [sum, most] = [0, 0];
  labels.forEach((_, i) => {
    const pasted = pasteMask(probabilities.subarray(i * pixels, (i + 1) * pixels), boxes.subarray(4 * i, 4 * i + 4), height, width);
    pasted.forEach((value, at) => {
      const difference = Math.abs(value - expected[i * width * height + at]);
      sum += difference;
      most = Math.max(most, difference);
    });
  });
  return { mean: sum / expected.length, greatest: most };
}
