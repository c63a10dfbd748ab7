// Whether a Keypoint R-CNN with torchvision's weights finds here the keypoints that it finds there, on real images:
//
//   npx tsx tooling/parity/keypoints.ts [--keep FOLDER] IMAGE…
//
// Needs /usr/bin/python3 (or PYTHON) with torch and torchvision. Prints, for each image, the greatest differences of boxes, scores,
// keypoints' scores and keypoints, and the keypoint loss of objects where detections are over torchvision's; exit code 1 where one is
// above the tolerance. A keypoint is the highest pixel of a map: where others are as high but for rounding, it may be any of them.
import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { prepareEngine } from '../../packages/engine/src/index.ts';
import { asBoxes, asKeypoints, createRng, type RgbImage } from '../../packages/geometry/src/index.ts';
import { keypointRcnn, torchvisionKeypointRcnnResnet50Fpn, type KeypointRcnn, type KeypointRcnnConfig } from '../../packages/models/src/index.ts';
import { readPth } from '../../packages/weights/src/index.ts';
import { greatest } from './greatest.ts';
import { runPeer } from './run-peer.ts';
import { withWeights } from './with-weights.ts';

const name = 'keypointrcnn_resnet50_fpn';
/**
 * Boxes and keypoints in pixels, keypoints' scores over their root mean square, the loss over torchvision's. Scores are looser than
 * those of boxes: boxes a few hundredths of a pixel apart, well within the tolerance, see other features under random weights.
 */
const tolerances = { boxes: 0.1, scores: 1e-3, keypointScores: 5e-3, keypoints: 0.1, loss: 1e-4 };

interface Expected {
  readonly boxes: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly scores: readonly number[];
  readonly keypoints: readonly (readonly (readonly number[])[])[];
  readonly keypoints_scores: readonly (readonly number[])[];
  /** How far from each another pixel is as high, but for a hundredth of what scores are. */
  readonly keypoints_reach: readonly (readonly number[])[];
  readonly losses: { readonly loss_keypoint: number };
}

const { values: options, positionals: files } = parseArgs({ options: { keep: { type: 'string' } }, allowPositionals: true });
const { folder, images } = await runPeer(name, files, options.keep);
const { name: engine } = await prepareEngine();
console.log(`engine ${engine}`);
const standard = torchvisionKeypointRcnnResnet50Fpn();
const weights = readPth(readFileSync(join(folder, 'weights.pth')));
/** A sampler that takes every anchor or region leaves nothing to chance; neither does one size of images in training. */
const everything: KeypointRcnnConfig = {
  ...standard, image: { ...standard.image, trainSizes: undefined }, rpn: { ...standard.rpn, samples: 1e6 }, box: { ...standard.box, samples: 1e6 },
};
const found = await withWeights(keypointRcnn(standard, createRng(0)), weights, async (model) => {
  const all: Awaited<ReturnType<KeypointRcnn['detect']>> = [];
  for (const image of images) all.push(...(await model.detect([image])));
  return all;
});
const losses = await withWeights(keypointRcnn(everything, createRng(0)), weights, (model) => images.map((image, i) => lossOf(model, image, join(folder, String(i)))));
for (const [i, { width, height }] of images.entries()) {
  const expected = JSON.parse(readFileSync(join(folder, `${i}.expected.json`), 'utf8')) as Expected;
  const { boxes, labels, scores, keypoints = new Float32Array(0), keypointScores = new Float32Array(0) } = found[i];
  const alike = labels.length === expected.labels.length && labels.every((label, at) => label === expected.labels[at]);
  const reach = expected.keypoints_reach.flat();
  const logits = expected.keypoints_scores.flat();
  const places = expected.keypoints.flat(2);
  const differences = {
    boxes: greatest(boxes, expected.boxes.flat()), scores: greatest(scores, expected.scores),
    keypointScores: greatest(keypointScores, logits) / Math.sqrt(logits.reduce((sum, value) => sum + value * value, 0) / logits.length),
    keypoints: keypointsBeyond(Float32Array.from(keypoints), places, reach),
    loss: Math.abs(losses[i] / expected.losses.loss_keypoint - 1),
  };
  if (!alike || Object.entries(tolerances).some(([kind, tolerance]) => !(differences[kind as keyof typeof tolerances] <= tolerance))) process.exitCode = 1;
  const figures = Object.entries(differences).map(([kind, value]) => `${kind} ${value.toExponential(1)}`).join(', ');
  const wide = reach.filter((each) => each > 2).length;
  console.log(`${name} ${basename(files[i])} ${width}×${height}: ${figures} (of ${expected.losses.loss_keypoint.toFixed(4)}); ${labels.length} detections${alike ? ' in the same order' : ', NOT THE SAME'}, ${wide} of ${reach.length} keypoints with others as high more than 2 pixels away`);
}
if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });

function lossOf(model: KeypointRcnn, image: RgbImage, stem: string): number {
  const objects = JSON.parse(readFileSync(`${stem}.objects.json`, 'utf8')) as { boxes: number[][]; labels: number[]; keypoints: number[][][] };
  const learnt = { boxes: asBoxes(objects.boxes.flat()), labels: Int32Array.from(objects.labels), keypoints: asKeypoints(objects.keypoints.flat(2), 17) };
  return tf.tidy(() => model.losses([image], [learnt], createRng(0)).keypoint.dataSync()[0]);
}

/** The greatest difference of keypoints' places beyond what rounding explains. */
function keypointsBeyond(keypoints: Float32Array, expected: readonly number[], reach: readonly number[]): number {
  return greatest(Float32Array.from(keypoints, (value, at) => Math.max(0, Math.abs(value - expected[at]) - reach[Math.floor(at / 3)])), new Float32Array(keypoints.length));
}
