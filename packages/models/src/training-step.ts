import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage, Rng } from '@rcnn/geometry';
import { gradientsOf, trainable, type Gradients, type Optimizer } from '@rcnn/nn';
import type { Detector } from './detector.ts';
import type { Objects } from './objects.ts';

/** Images and the objects in each, to learn from. */
export interface TrainingBatch {
  readonly images: readonly RgbImage[];
  readonly objects: readonly Objects[];
}

/** What a step of training did. */
export interface TrainingStep<Name extends string = string> {
  readonly losses: Readonly<Record<Name, number>>;
  /** Norm of the gradients before clipping. */
  readonly gradientNorm: number;
}

/**
 * The losses of a batch and the gradients of their sum, by parameter name; the caller disposes them.
 * @throws Error if a loss is not finite; running statistics are then as before
 */
export function batchGradients<Name extends string>(model: Detector<Name>, { images, objects }: TrainingBatch, rng: Rng): Gradients<Name> {
  const statistics = keepStatistics(model);
  try {
    const parameters = trainable(model.parameters, model.config.backbone.frozen);
    const result = gradientsOf(parameters, () => model.losses(images, objects, rng));
    const fault = Object.entries<number>(result.losses).find(([, loss]) => !Number.isFinite(loss));
    if (fault !== undefined) {
      tf.dispose([...result.gradients.values()]);
      throw new Error(`training: the ${fault[0]} loss is ${fault[1]}; a lower learning rate may help`);
    }
    return result;
  } catch (error) {
    statistics.restore();
    throw error;
  } finally {
    statistics.dispose();
  }
}

/**
 * One step of training on a batch.
 * @throws Error if a loss or the gradients are not finite; the parameters are then as before, and so, if it is a loss, are running statistics
 */
export function trainingStep<Name extends string>(
  model: Detector<Name>, optimizer: Optimizer, batch: TrainingBatch, rng: Rng, learningRate: number,
): TrainingStep<Name> {
  const { losses, gradients } = batchGradients(model, batch, rng);
  try {
    return { losses, gradientNorm: optimizerStep(optimizer, gradients, learningRate) };
  } finally {
    tf.dispose([...gradients.values()]);
  }
}

/**
 * Changes the parameters by their gradients and answers the gradients' norm.
 * @throws Error if that is not finite; the parameters are then as before
 */
export function optimizerStep(optimizer: Optimizer, gradients: ReadonlyMap<string, tf.Tensor>, learningRate: number): number {
  const norm = optimizer.step(gradients, learningRate);
  if (!Number.isFinite(norm)) throw new Error(`training: the norm of the gradients is ${norm}; a lower learning rate may help`);
  return norm;
}

/** The running statistics, which a forward pass of trained batch norm changes. The clones share the variables' memory. */
function keepStatistics({ parameters }: Detector): { readonly restore: () => void; readonly dispose: () => void } {
  const kept = parameters
    .filter(({ buffer }) => buffer)
    .map(({ variable }) => ({ variable, values: tf.clone<tf.Tensor>(variable) }));
  return {
    restore: () => {
      for (const { variable, values } of kept) variable.assign(values);
    },
    dispose: () => {
      for (const { values } of kept) values.dispose();
    },
  };
}
