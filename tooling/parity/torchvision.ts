// Whether a detector with torchvision's weights finds here what it finds there, and the reverse, on real images:
//
//   npx tsx tooling/parity/torchvision.ts [--model NAME] [--keep FOLDER] IMAGE…
//
// Needs /usr/bin/python3 (or PYTHON) with torch and torchvision. Prints, for each image, the greatest difference of the
// pyramid's maps and of the objectness logits over their root mean square, those of boxes and scores, and that of the four losses over
// torchvision's, for objects where detections are and samplers that take everything; exit code 1 where one is above the tolerance.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { prepareEngine } from '../../packages/engine/src/index.ts';
import { asBoxes, createRng, type RgbImage } from '../../packages/geometry/src/index.ts';
import {
  cocoClasses, fasterRcnn, loadStateDict, stateDict, torchvisionFasterRcnnMobilenetV3Large320Fpn, torchvisionFasterRcnnMobilenetV3LargeFpn,
  torchvisionFasterRcnnResnet50Fpn, torchvisionFasterRcnnResnet50FpnV2, type FasterRcnnConfig,
} from '../../packages/models/src/index.ts';
import { pyramidTrunk } from '../../packages/models/src/pyramid-trunk.ts';
import { createParameters } from '../../packages/nn/src/index.ts';
import { readPth, writeSafetensors, type StateDict } from '../../packages/weights/src/index.ts';
import { greatest } from './greatest.ts';
import { askPeer, runPeer } from './run-peer.ts';
import { withWeights } from './with-weights.ts';

const presets: Readonly<Record<string, (classes: readonly string[]) => FasterRcnnConfig>> = {
  fasterrcnn_resnet50_fpn: torchvisionFasterRcnnResnet50Fpn,
  fasterrcnn_resnet50_fpn_v2: torchvisionFasterRcnnResnet50FpnV2,
  fasterrcnn_mobilenet_v3_large_fpn: torchvisionFasterRcnnMobilenetV3LargeFpn,
  fasterrcnn_mobilenet_v3_large_320_fpn: torchvisionFasterRcnnMobilenetV3Large320Fpn,
};

/** Of maps and logits over their root mean square, of boxes in pixels, of scores, of losses over torchvision's. */
const tolerances = { maps: 1e-3, logits: 1e-3, boxes: 0.1, scores: 1e-3, losses: 1e-4 };

/** torchvision's names of the losses. */
const lossNames = { objectness: 'loss_objectness', rpnBox: 'loss_rpn_box_reg', classification: 'loss_classifier', box: 'loss_box_reg' } as const;

interface Expected {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly stable: boolean;
  readonly losses: Readonly<Record<(typeof lossNames)[keyof typeof lossNames], number>>;
  readonly boxes: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly scores: readonly number[];
}

const { values: options, positionals: files } = parseArgs({ options: { model: { type: 'string', multiple: true }, keep: { type: 'string' } }, allowPositionals: true });
const { name: engine } = await prepareEngine();
console.log(`engine ${engine}`);
let failed = false;
for (const name of options.model ?? ['fasterrcnn_resnet50_fpn', 'fasterrcnn_mobilenet_v3_large_fpn']) {
  const { folder, images } = await runPeer(name, files, options.keep && join(options.keep, name));
  try {
    await compare(name, folder, images);
  } finally {
    if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = failed ? 1 : 0;

async function compare(name: string, folder: string, images: readonly RgbImage[]): Promise<void> {
  const config = presets[name](cocoClasses);
  const weights = readPth(readFileSync(join(folder, 'weights.pth')));
  await withWeights(fasterRcnn(config, createRng(0)), weights, async (model) => {
    for (const [i, image] of images.entries()) {
      const expected = JSON.parse(readFileSync(join(folder, `${i}.expected.json`), 'utf8')) as Expected;
      const { maps, logits } = compareFeatures(config, weights, image, join(folder, String(i)), expected);
      const began = performance.now();
      const [{ boxes, labels, scores }] = await model.detect([image]);
      const seconds = (performance.now() - began) / 1000;
      const alike = labels.length === expected.labels.length && labels.every((label, at) => label === expected.labels[at]);
      const differences = { maps, logits, boxes: greatest(boxes, expected.boxes.flat()), scores: greatest(scores, expected.scores), losses: await compareLosses(config, weights, image, join(folder, String(i)), expected) };
      const within = alike && Object.entries(tolerances).every(([kind, tolerance]) => differences[kind as keyof typeof tolerances] <= tolerance);
      failed ||= !within;
      const figures = Object.entries(differences).map(([kind, value]) => `${kind} ${value.toExponential(1)}`).join(', ');
      const about = `${labels.length} detections${alike ? ' in the same order' : `, expected ${expected.labels.length}, NOT THE SAME`}`;
      const rounding = expected.stable ? '' : ' (torchvision itself finds others in double precision)';
      console.log(`${name} ${basename(files[i])} ${image.width}×${image.height}: ${figures}; ${about}${rounding}; ${seconds.toFixed(1)} s`);
    }
    writeFileSync(join(folder, 'export.safetensors'), writeSafetensors(stateDict(model.parameters), { format: 'pt' }));
  });
  console.log(`${name}, written here and loaded there with strict=True:`);
  askPeer('check', name, folder);
}

/** The greatest differences of the maps and of the objectness logits, each over the root mean square. */
function compareFeatures(config: FasterRcnnConfig, weights: StateDict, image: RgbImage, stem: string, { shapes }: Expected): { maps: number; logits: number } {
  const root = createParameters(createRng(0));
  const trunk = pyramidTrunk(root, config);
  loadStateDict(root.all(), weights);
  const { pyramid, coarsest, predictions } = trunk.features([image], { training: false });
  const tensorOf = (tensor: string): Float32Array => {
    const bytes = readFileSync(`${stem}.${tensor}.f32`);
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  };
  const levels = [...pyramid, coarsest];
  const maps = levels.map((map, i) => {
    const expected = shapes[`map${i}`].join();
    if (map.shape.join() !== expected) throw new Error(`${stem}: expected map ${i} of shape ${expected}, got ${map.shape.join()}`);
    return relative(map.dataSync<'float32'>(), tensorOf(`map${i}`));
  });
  const all = levels.map((_, i) => tensorOf(`logits${i}`));
  const expectedLogits = new Float32Array(all.reduce((sum, { length }) => sum + length, 0));
  all.reduce((at, part) => (expectedLogits.set(part, at), at + part.length), 0);
  const logits = relative(predictions.objectness.dataSync<'float32'>(), expectedLogits);
  [...levels, predictions.objectness, predictions.deltas].forEach((tensor) => tensor.dispose());
  root.dispose();
  return { maps: Math.max(...maps), logits };
}

/** The greatest difference of the four losses over torchvision's. A sampler that takes every anchor or region leaves nothing to chance. */
function compareLosses({ rpn, box, ...config }: FasterRcnnConfig, weights: StateDict, image: RgbImage, stem: string, { losses: expected }: Expected): Promise<number> {
  const { boxes, labels } = JSON.parse(readFileSync(`${stem}.objects.json`, 'utf8')) as { boxes: number[][]; labels: number[] };
  return withWeights(fasterRcnn({ ...config, rpn: { ...rpn, samples: 1e6 }, box: { ...box, samples: 1e6 } }, createRng(0)), weights, (model) =>
    tf.tidy(() => {
      const losses = model.losses([image], [{ boxes: asBoxes(boxes.flat()), labels: Int32Array.from(labels) }], createRng(0));
      return Math.max(...Object.entries(lossNames).map(([name, theirs]) => Math.abs(losses[name as keyof typeof lossNames].dataSync()[0] / expected[theirs] - 1)));
    }),
  );
}

function relative(values: Float32Array, expected: Float32Array): number {
  const meanSquare = expected.reduce((sum, value) => sum + value * value, 0) / expected.length;
  return greatest(values, expected) / Math.sqrt(meanSquare);
}
