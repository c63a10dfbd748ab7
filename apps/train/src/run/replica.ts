import { existsSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { createRng, restoreRng, type RngState } from '@rcnn/geometry';
import { batchGradients, createDetector, loadStateDict, optimizerStep, type Detector, type LoadReport, type TrainingBatch } from '@rcnn/models';
import { adamw, sgd, trainable, type Optimizer, type Parameter } from '@rcnn/nn';
import { restoreCheckpoint, type Position } from './checkpoint.ts';
import { packedGradients } from './packed-gradients.ts';
import { readWeights } from './read-weights.ts';
import type { RunConfig, TrainingConfig } from './run-config.ts';
import type { RunDirectory } from './run-directory.ts';

/** The losses of a share of a batch, by name. */
export type Losses = Readonly<Record<string, number>>;

/** A model with its optimiser, which learns together with others that are at every step the same, bit for bit. */
export interface Replica {
  readonly model: Detector;
  readonly optimizer: Optimizer;
  /** What the run's weights gave the model to start from. */
  readonly loaded: LoadReport | undefined;
  /** Where the checkpoint stood that this replica started from, if there was one. */
  readonly resumed: Position | undefined;
  /** How many numbers the packed gradients are. */
  readonly length: number;
  /** Writes the gradients of a share of a batch to `out`. @throws Error if a loss is not finite */
  readonly compute: (share: TrainingBatch, out: Float32Array) => Losses;
  /** Changes the parameters by the weighted sum of all replicas' gradients; answers its norm. @throws Error if that is not finite */
  readonly apply: (gradients: readonly Float32Array[], weights: readonly number[], learningRate: number) => number;
  /** Of the generator that samples anchors and regions. */
  readonly rngState: () => RngState;
}

/** The replica `index` of a run, at the run's checkpoint if there is one. @throws Error if that is of another number of replicas */
export function createReplica(directory: RunDirectory, config: RunConfig, index: number): Replica {
  const model = createDetector(config.model, createRng(config.seed));
  const loaded = config.weights === null ? undefined : loadWeights(model, config.weights);
  const parameters = trainable(model.parameters, config.model.backbone.frozen);
  const optimizer = createOptimizer(parameters, config.training);
  const resumed = existsSync(directory.checkpoint) ? restoreCheckpoint(directory.checkpoint, model, optimizer) : undefined;
  if (resumed !== undefined && resumed.rngs.length !== config.training.replicas) {
    throw new Error(`${directory.config}: training.replicas: expected ${resumed.rngs.length}, as many as the checkpoint is of, got ${config.training.replicas}`);
  }
  const rng = resumed === undefined ? createRng(config.seed + 1 + index) : restoreRng(resumed.rngs[index]);
  const packed = packedGradients(parameters);
  return {
    model,
    optimizer,
    loaded,
    resumed,
    length: packed.length,
    compute: (share, out) => {
      // A batch may have fewer images than there are replicas.
      if (share.images.length === 0) return {};
      const { losses, gradients } = batchGradients(model, share, rng);
      packed.pack(gradients, out);
      tf.dispose([...gradients.values()]);
      return losses;
    },
    apply: (gradients, weights, learningRate) => tf.tidy(() => optimizerStep(optimizer, packed.sum(gradients, weights), learningRate)),
    rngState: () => rng.state(),
  };
}

/** Gives a model what a file of weights has for it. @throws Error with the file's name, if there is nothing or it does not fit */
export function loadWeights(model: Detector, file: string): LoadReport {
  const source = readWeights(file, model.config.model);
  let report: LoadReport;
  try {
    report = loadStateDict(model.parameters, source);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
  if (report.loaded.length === 0) throw new Error(`${file}: expected parameters like "${report.missing[0]}", found none of the model's`);
  return report;
}

/** The optimiser that a run's settings describe. */
export function createOptimizer(parameters: readonly Parameter[], { optimizer, weightDecay, clipNorm }: TrainingConfig): Optimizer {
  switch (optimizer.kind) {
    case 'sgd':
      return sgd(parameters, { momentum: optimizer.momentum, weightDecay, clipNorm, rateOf: (name) => rateOf(name, optimizer.rates) });
    case 'adamw':
      return adamw(parameters, { weightDecay, clipNorm });
  }
}

/** The factor of the longest prefix that a name begins with. */
function rateOf(name: string, rates: Readonly<Record<string, number>>): number {
  const [longest] = Object.keys(rates).filter((prefix) => name.startsWith(prefix)).sort((a, b) => b.length - a.length);
  return longest === undefined ? 1 : rates[longest];
}
