import { existsSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '@rcnn/engine';
import { createRng, restoreRng, type Boxes } from '@rcnn/geometry';
import { optimizerStep, sampleWindows, type Objects, type RegionDetector } from '@rcnn/models';
import { gradientsOf, trainable } from '@rcnn/nn';
import { createProgress } from '../progress.ts';
import { restoreCheckpoint, writeCheckpoint } from '../run/checkpoint.ts';
import { learningRateSchedule } from '../run/learning-rate.ts';
import { openMetricsLog } from '../run/metrics-log.ts';
import { createOptimizer } from '../run/replica.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import { trainingSteps } from '../run/training-steps.ts';
import type { RegionFeatures } from './region-features.ts';
import type { PlannedImage } from './region-plan.ts';
import type { RegionRunConfig } from './region-run-config.ts';

/** What {@link fineTuneLayers} needs. */
export interface FineTuneLayersOptions {
  readonly directory: RunDirectory;
  readonly features: RegionFeatures;
  readonly engine: Engine;
}

/**
 * Fine-tuning of the layers above frozen convolutions (SPPnet, §4.1): what they read does not change, so that it is read from
 * the cache rather than computed anew at every step. From the run's checkpoint if there is one.
 * @throws Error if a loss or the gradients are not finite
 */
export async function fineTuneLayers(model: RegionDetector, config: RegionRunConfig, { directory, features: { plan, cache, compute }, engine }: FineTuneLayersOptions): Promise<void> {
  const { training, seed } = config;
  const { finetuning, backbone } = config.model;
  if (finetuning === null) return;
  const parameters = trainable(model.parameters, backbone.frozen);
  const optimizer = createOptimizer(parameters, training);
  const resumed = existsSync(directory.checkpoint) ? restoreCheckpoint(directory.checkpoint, model, optimizer) : undefined;
  const rng = resumed === undefined ? createRng(seed + 1) : restoreRng(resumed.rngs[0]);
  const { steps, perEpoch } = trainingSteps(training, plan.length);
  const learningRate = learningRateSchedule(training, perEpoch);
  const log = openMetricsLog(directory.metrics, resumed?.step ?? 0);
  const progress = createProgress({ label: 'train', total: steps, unit: 'steps', done: resumed?.step ?? 0 });
  const length = model.dimensions.pool5;
  for (let step = resumed?.step ?? 0; step < steps; step++) {
    const began = performance.now();
    const epoch = Math.floor(step / perEpoch);
    const first = (step % perEpoch) * training.batchSize;
    const images = [...createRng(Math.imul(seed + 1, 0x9e3779b1) + epoch).permutation(plan.length).subarray(first, first + training.batchSize)];
    const { indices, labels } = sampleWindows(images.map((image) => objectsOf(plan[image])), rng, finetuning);
    const rows = new Float32Array(labels.length * length);
    let at = 0;
    for (const [i, image] of images.entries()) {
      const own = await cache.image(compute, image);
      for (const row of indices[i]) rows.set(own.subarray(row * length, (row + 1) * length), length * at++);
    }
    const rate = learningRate(step);
    const { losses, gradients } = tf.tidy(() => {
      const pool5 = tf.tensor2d(rows, [labels.length, length]);
      const { losses: values, gradients: found } = gradientsOf(parameters, () => model.pooledLosses(pool5, labels, rng));
      return { losses: values, gradients: Object.fromEntries(found) };
    });
    if (!Number.isFinite(losses.classification)) throw new Error(`training: the classification loss is ${losses.classification}; a lower learning rate may help`);
    const gradientNorm = optimizerStep(optimizer, new Map(Object.entries(gradients)), rate);
    tf.dispose(gradients);
    const done = step + 1;
    const secondsPerStep = (performance.now() - began) / 1000;
    log.append({ step: done, epoch: done / perEpoch, losses: { ...losses, total: losses.classification }, learningRate: rate, gradientNorm, secondsPerStep });
    progress.advance(1, `loss ${losses.classification.toFixed(3)}`);
    if (done % training.checkpointEvery === 0 || done === steps) writeCheckpoint(directory.checkpoint, model, optimizer, { step: done, rngs: [rng.state()], engine: engine.name });
  }
  progress.finish();
  optimizer.dispose();
}

/** As `sampleWindows` counts: the objects are the first regions of the plan. */
function objectsOf({ boxes, labels }: PlannedImage): Objects {
  const objects = 4 * labels.length;
  return { boxes: boxes.slice(0, objects) as Boxes, labels, proposals: boxes.slice(objects) as Boxes };
}
