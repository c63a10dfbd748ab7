import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRng, type Boxes } from '@rcnn/geometry';
import {
  adaptiveThreshold, classOverlaps, hardNegativeMiner, restoreHardNegativeMiner, svmScores,
  type HardNegativeMiner, type HardNegativeMinerOptions, type HardNegativeMinerState, type LinearSvm,
} from '@rcnn/heads';
import type { FeatureLayer } from '@rcnn/models';
import { writeAtomically } from '../atomic-write.ts';
import { createProgress } from '../progress.ts';
import type { FeatureModel, RegionFeatures } from './region-features.ts';
import type { PlannedImage } from './region-plan.ts';
import { scaleOf } from './scale-of.ts';
import { readStage, writeStage, type StageTensors } from './stage-file.ts';

/** Options of {@link trainSvms}. */
export interface TrainSvmsOptions {
  readonly layer: FeatureLayer;
  /** Where the SVMs go; beside it is kept how far mining has got. */
  readonly file: string;
  readonly seed: number;
  /** A region is a negative from this IoU on with an object of any class. */
  readonly negativeFrom?: number;
  /** How far mining has got is written after so many images. */
  readonly saveEvery?: number;
}

interface Mining {
  readonly key: string;
  readonly scale: number;
  readonly state: HardNegativeMinerState;
}

/**
 * One linear SVM a class on the features of a layer, negatives mined in one pass over the cache (R-CNN, §2.3): tensors
 * `weight` [D, K], the features' scale among it, `bias` [K] and `threshold` [K], the score that so many regions an image
 * have on average. Goes on where it was interrupted; what is there already is read.
 */
export async function trainSvms(model: FeatureModel, features: RegionFeatures, { layer, file, seed, negativeFrom = 0, saveEvery = 20 }: TrainSvmsOptions): Promise<StageTensors> {
  const { svm, classes, test } = model.config;
  const key = createHash('sha256').update(JSON.stringify([features.cache.key, layer, svm, test.perImage, test.preNms, seed, classes, negativeFrom])).digest('hex');
  const done = readStage(file, key);
  if (done !== undefined) return done;

  const stateFile = file.replace(/\.safetensors$/, '.mining.json');
  const saved = readMining(stateFile, key);
  const scale = saved?.scale ?? (await scaleOf(model, features, { layer, norm: svm.featureNorm, seed }));
  const scaled = async (pool5: Float32Array): Promise<Float32Array> => (await model.features(pool5, layer)).map((value) => value * scale);
  const dimensions = model.dimensions[layer];
  const options: HardNegativeMinerOptions = {
    negativeOverlap: svm.negativeBelow, hardThreshold: svm.hardThreshold, evictThreshold: svm.evictThreshold, retrainLimit: svm.retrainAfter,
    svm: { cost: svm.cost, positiveWeight: svm.positiveWeight, biasMultiplier: svm.bias },
  };
  const positives = await positivesOf(model, features, scaled, dimensions);
  const featuresOf = async (image: number): Promise<Float32Array> => scaled(await features.cache.image(features.compute, image));
  const miner: HardNegativeMiner =
    saved === undefined
      ? hardNegativeMiner(positives, dimensions, options, createRng(seed))
      : await restoreHardNegativeMiner(saved.state, positives, dimensions, featuresOf, options);

  const progress = createProgress({ label: `svms on ${layer}`, total: features.plan.length, unit: 'images', done: saved?.state.images ?? 0 });
  try {
    for await (const { image, features: pool5 } of features.cache.read(features.compute, saved?.state.images ?? 0)) {
      miner.add(image, await scaled(pool5), overlapsOf(features.plan[image], classes.length, negativeFrom));
      if ((image + 1) % saveEvery === 0) writeAtomically(stateFile, JSON.stringify({ key, scale, state: miner.state() } satisfies Mining));
      progress.advance(1, `${miner.negatives().join(', ')} negatives`);
    }
  } finally {
    progress.finish();
  }
  const svms = miner.finish();
  const threshold = await thresholdsOf(svms, features, scaled, test);
  const weight = new Float32Array(dimensions * classes.length);
  svms.forEach(({ weights }, k) => weights.forEach((value, d) => (weight[d * classes.length + k] = value * scale)));
  const tensors: StageTensors = new Map([
    ['weight', { shape: [dimensions, classes.length], data: weight }],
    ['bias', { shape: [classes.length], data: Float32Array.from(svms, ({ bias }) => bias) }],
    ['threshold', { shape: [classes.length], data: threshold }],
  ]);
  writeStage(file, key, tensors);
  rmSync(stateFile, { force: true });
  return tensors;
}

/** Of an image's regions with the objects of each class; whole, so that it is nobody's negative, for a region that is too far from all of them. */
function overlapsOf({ boxes, labels }: PlannedImage, classes: number, negativeFrom: number): Float32Array {
  const overlaps = classOverlaps(boxes, { boxes: boxes.slice(0, 4 * labels.length) as Boxes, labels }, classes);
  for (let row = 0; row < overlaps.length; row += classes) {
    const own = overlaps.subarray(row, row + classes);
    if (Math.max(...own) < negativeFrom) own.fill(1);
  }
  return overlaps;
}

/** The features of each class's objects, class 1 first. */
async function positivesOf(
  { config, dimensions: { pool5: length } }: FeatureModel, { plan, cache, compute }: RegionFeatures,
  scaled: (pool5: Float32Array) => Promise<Float32Array>, dimensions: number,
): Promise<Float32Array[]> {
  const counts = config.classes.map((_, k) => plan.reduce((sum, { labels }) => sum + labels.filter((label) => label === k + 1).length, 0));
  const positives = counts.map((count) => new Float32Array(count * dimensions));
  const filled = counts.map(() => 0);
  for await (const { image, features } of cache.read(compute)) {
    const { labels } = plan[image];
    const rows = await scaled(features.subarray(0, labels.length * length));
    labels.forEach((label, i) => positives[label - 1].set(rows.subarray(i * dimensions, (i + 1) * dimensions), filled[label - 1]++ * dimensions));
  }
  return positives;
}

/**
 * The score of each class above which an image of the training set has `perImage` regions on average, of every image the best
 * `preNms` counted, as detection keeps no more.
 */
async function thresholdsOf(
  svms: readonly LinearSvm[], { plan, cache, compute }: RegionFeatures, scaled: (pool5: Float32Array) => Promise<Float32Array>,
  { perImage, preNms }: FeatureModel['config']['test'],
): Promise<Float32Array> {
  const lowest = svms.map(() => adaptiveThreshold(perImage * plan.length));
  for await (const { image, features } of cache.read(compute)) {
    const scores = svmScores(svms, await scaled(features));
    // The objects themselves are no proposals.
    lowest.forEach(({ add }, k) => add(scores.filter((_, i) => i % svms.length === k).subarray(plan[image].labels.length).sort().subarray(-preNms)));
  }
  return Float32Array.from(lowest, ({ threshold }) => threshold());
}

function readMining(file: string, key: string): Mining | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const mining = JSON.parse(readFileSync(file, 'utf8')) as Mining;
    return mining.key === key ? mining : undefined;
  } catch {
    return undefined;
  }
}
