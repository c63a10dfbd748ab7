import type { Dataset } from '@rcnn/datasets';
import type { Engine } from '@rcnn/engine';
import type { Boxes } from '@rcnn/geometry';
import type { Detector } from '@rcnn/models';
import { createProgress } from '../progress.ts';
import { searchImages } from '../proposals/search-images.ts';
import { createBatches } from './batches.ts';
import { writeCheckpoint, writeModel } from './checkpoint.ts';
import { learningRateSchedule } from './learning-rate.ts';
import { keypointNamesOf } from './keypoint-names.ts';
import { openMetricsLog } from './metrics-log.ts';
import { startReplicas, type Replicas } from './replicas.ts';
import { systemOf } from './systems.ts';
import type { TrainingSetting } from './training-setting.ts';
import { trainingSteps } from './training-steps.ts';
import type { RunConfig } from './run-config.ts';
import type { RunDirectory } from './run-directory.ts';

/**
 * Trains a run to its end, from its checkpoint if it has one. The caller disposes the model.
 * @param proposals regions of each image, by its file, in place of those that the configuration says
 * @param onDamaged told of an image that cannot be decoded, which its batch then goes without; may throw
 * @throws Error if no image at all can be decoded
 */
export async function trainRun(
  directory: RunDirectory,
  config: RunConfig,
  dataset: Dataset,
  engine: Engine,
  onDamaged: (error: Error) => void,
  proposals?: ReadonlyMap<string, Boxes>,
): Promise<Detector> {
  const replicas = startReplicas(directory, config, engine.name);
  try {
    return await trainTogether(replicas, { directory, config, dataset, engine, onDamaged, proposals });
  } finally {
    await replicas.close(); // a thread that is left open keeps the program from ending
  }
}

interface Setting extends TrainingSetting {
  readonly proposals: ReadonlyMap<string, Boxes> | undefined;
}

async function trainTogether(replicas: Replicas, { directory, config, dataset, engine, onDamaged, proposals }: Setting): Promise<Detector> {
  const { training } = config;
  const { steps } = trainingSteps(training, dataset.examples.length);
  const { model, optimizer, loaded, resumed } = replicas.own;
  if (loaded !== undefined && resumed === undefined) {
    const fresh = loaded.missing.length === 0 ? '' : `, ${loaded.missing.length} of the model's start from random values`;
    const unused = loaded.unused.length === 0 ? '' : `, ${loaded.unused.length} of the file have no place`;
    process.stderr.write(`${config.weights}: ${loaded.loaded.length} tensors loaded${fresh}${unused}\n`);
  }
  if (resumed !== undefined && resumed.engine !== engine.name) {
    process.stderr.write(`rcnn: the checkpoint was computed on ${resumed.engine}, this is ${engine.name}: the losses will differ in their last digits\n`);
  }
  const batches = createBatches(dataset, config, onDamaged, {
    masks: systemOf(config.model.model).masks,
    keypoints: keypointNamesOf(config.model)?.names,
    proposals: proposals ?? (config.proposals === null ? undefined : await searchImages(dataset.examples, config.proposals)),
  });
  const learningRate = learningRateSchedule(training, batches.perEpoch);
  const start = resumed?.step ?? 0;
  const log = openMetricsLog(directory.metrics, start);
  const progress = createProgress({ label: 'train', total: steps, unit: 'steps', done: start });
  try {
    let next = start < steps ? batches.read(start) : undefined;
    for (let step = start; next !== undefined; ) {
      const batch = await next;
      if (batch.images.length === 0) throw new Error(`${dataset.root}: no image of ${dataset.split} can be decoded`);
      // The images of the next step are decoded by other threads while this one computes.
      next = step + 1 < steps ? batches.read(step + 1) : undefined;
      next?.catch(() => undefined); // reported when its step comes
      const began = performance.now();
      const rate = learningRate(step);
      const { losses, gradientNorm } = await replicas.step(step, batch, rate);
      const secondsPerStep = (performance.now() - began) / 1000;
      step++;
      const total = Object.values(losses).reduce((sum, loss) => sum + loss, 0);
      log.append({ step, epoch: step / batches.perEpoch, losses: { ...losses, total }, learningRate: rate, gradientNorm, secondsPerStep });
      progress.advance(1, `loss ${total.toFixed(3)}`);
      if (step % training.checkpointEvery === 0 || step === steps) {
        writeCheckpoint(directory.checkpoint, model, optimizer, { step, rngs: replicas.rngStates(), engine: engine.name });
      }
    }
  } finally {
    progress.finish();
  }
  writeModel(directory.model, model);
  optimizer.dispose();
  return model;
}
